package org.caravanhub.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A broker that says, to each connection in turn, what no real one says. What it reads it ignores, but for the first packet. */
final class FakeBroker implements AutoCloseable {
    private final ServerSocket server;
    private final String[] scripts;
    /** One for each connection that was made. */
    final BlockingQueue<Integer> connections = new LinkedBlockingQueue<>();

    /** @param scripts what is said to the first connection, the second ..., in hexadecimal; the last to all further ones */
    FakeBroker(String... scripts) {
        this.scripts = scripts;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread accepting = new Thread(this::accept, "fake-broker");
        accepting.setDaemon(true);
        accepting.start();
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        try {
            for (int count = 0; ; count++) {
                Socket socket = server.accept();
                connections.add(count);
                String script = scripts[Math.min(count, scripts.length - 1)];
                Thread speaking = new Thread(() -> speak(socket, script), "fake-broker-connection");
                speaking.setDaemon(true);
                speaking.start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void speak(Socket socket, String script) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readUnsignedByte();
            in.readFully(new byte[in.readUnsignedByte()]);
            OutputStream out = socket.getOutputStream();
            out.write(HexFormat.of().parseHex(script.replace(" ", "")));
            out.flush();
            while (in.read() >= 0) {
                // until it goes away
            }
        } catch (IOException e) {
            // it went away
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
