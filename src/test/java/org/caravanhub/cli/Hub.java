package org.caravanhub.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A hub as the command line sees it: answers over HTTP that were captured, a data folder, and a terminal to read from. */
final class Hub implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final String TOKEN = "test-token";

    final Path home;
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    final Map<String, String> environment = new HashMap<>();
    boolean terminal;
    int columns = 100;
    private final HttpServer server;
    private final Map<String, byte[]> answers = new HashMap<>();

    private String out = "";
    private String err = "";

    Hub(Path home) throws IOException {
        this.home = home;
        Path data = Files.createDirectories(home.resolve("data"));
        Files.writeString(data.resolve("admin.token"), TOKEN + "\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = answers.get(exchange.getRequestURI().getPath());
            int status = !sent.equals("Bearer " + TOKEN) ? 401 : body == null ? 404 : 200;
            byte[] answer = status == 200 && body != null
                    ? body
                    : Files.readAllBytes(captured(status == 401 ? "problem-unauthorized" : "problem-not-found"));
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        environment.put("CARAVAN_DATA", data.toString());
        environment.put("CARAVAN_HTTP_HOST", "127.0.0.1");
        environment.put(
                "CARAVAN_HTTP_PORT", Integer.toString(server.getAddress().getPort()));
    }

    /** The path is answered with the file {@code captured/cli/NAME.json}. */
    Hub answering(String path, String name) throws IOException {
        answers.put(path, Files.readAllBytes(captured(name)));
        return this;
    }

    private static Path captured(String name) {
        return Path.of("src/test/resources/captured/cli", name + ".json");
    }

    /** Runs a command, and returns its exit code. */
    int run(String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Surroundings here = new Surroundings(
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                environment,
                home,
                terminal,
                terminal,
                columns,
                Clock.fixed(NOW, ZoneOffset.UTC));
        int code = Commands.all(here).execute(arguments);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    String out() {
        return out;
    }

    List<String> lines() {
        return out.lines().toList();
    }

    String err() {
        return err;
    }

    /** From now on nothing answers. */
    void goesDown() {
        server.stop(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
