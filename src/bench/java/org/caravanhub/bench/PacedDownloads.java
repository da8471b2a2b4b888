package org.caravanhub.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Many downloads at the pace of a radio, 320 KB/s each, again and again until it is ended. Arguments: port, path, how many. Prints each
 * second how many are whole so far, and MB/s. Runs from its source: {@code java PacedDownloads.java ...}.
 */
public final class PacedDownloads {
    private static final long TURN_NANOS = 50_000_000;
    private static final int BYTES_A_TURN = 16 * 1024;

    private PacedDownloads() {}

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress hub = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
        byte[] request =
                ("GET " + arguments[1] + " HTTP/1.0\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        SocketChannel[] channels = new SocketChannel[Integer.parseInt(arguments[2])];
        ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES_A_TURN);
        long whole = 0;
        long total = 0;
        long begun = System.nanoTime();
        for (long turn = 1; ; turn++) {
            for (int i = 0; i < channels.length; i++) {
                if (channels[i] == null) {
                    channels[i] = open(hub, request);
                }
                bytes.clear();
                int read = channels[i].read(bytes);
                total += Math.max(read, 0);
                if (read < 0) {
                    whole++;
                    channels[i].close();
                    channels[i] = null;
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (turn % 20 == 0) {
                System.out.printf(Locale.ROOT, "%d downloads, %.0f MB/s%n", whole, total / 1e6 / seconds);
            }
            LockSupport.parkNanos(begun + turn * TURN_NANOS - System.nanoTime());
        }
    }

    private static SocketChannel open(InetSocketAddress hub, byte[] request) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.connect(hub);
        channel.write(ByteBuffer.wrap(request));
        channel.configureBlocking(false);
        return channel;
    }
}
