package org.caravanhub.alert;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that takes what is posted, as ntfy does, and answers what the test says. */
public final class PushServer implements AutoCloseable {
    public final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    public volatile int answer = 200;
    private final HttpServer server;

    /** What was posted. */
    public record Post(Headers headers, String body, int answer) {
        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    public PushServer() throws IOException {
        this(0);
    }

    /** One at this port, where nobody was before. */
    public PushServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int now = answer;
            posts.add(new Post(exchange.getRequestHeaders(), body, now));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(now, -1);
            exchange.close();
        });
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/hut");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
