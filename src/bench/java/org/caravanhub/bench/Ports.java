package org.caravanhub.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of 127.0.0.1 that nobody uses, for servers that are started a moment later. They are below those that Linux gives to
 * connections (from 32768 on), so that none of them is taken in that moment; two processes begin at different ones.
 */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int MANY = 12_000;
    /** Coprime to {@link #MANY}, so that neighbouring processes begin far apart. */
    private static final int STRIDE = 1_999;

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * STRIDE % MANY));

    private Ports() {}

    /** A port that was free a moment ago; each call another one. */
    public static int free() {
        for (int tried = 0; tried < MANY; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), MANY);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody has it.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("no port of 127.0.0.1 is free");
    }
}
