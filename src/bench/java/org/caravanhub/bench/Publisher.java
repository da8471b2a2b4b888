package org.caravanhub.bench;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link Load}: MQTT 3.1.1 by hand, because a library costs ten times the CPU and would become what is
 * measured. One thread writes, one reads acknowledgements.
 */
final class Publisher {
    private static final int WINDOW = 4000;
    private static final int FLUSH_AT_BYTES = 60_000;
    private static final int PACKET_IDS = 65_536;

    private final Load.Plan plan;
    private final int connection;
    private final PublisherLog log;
    private final AtomicBoolean stopping;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicIntegerArray waiting = new AtomicIntegerArray(PACKET_IDS);
    private final byte[] buffer = new byte[FLUSH_AT_BYTES + 8192];
    private int filled;
    private volatile long startNanos;
    private volatile long latestNanos;
    private volatile @Nullable IOException fault;
    private final Thread writer = new Thread(this::publish, "load-publish");
    private final Thread reader = new Thread(this::receive, "load-receive");

    Publisher(Load.Plan plan, int connection, PublisherLog log, AtomicBoolean stopping) throws IOException {
        this.plan = plan;
        this.connection = connection;
        this.log = log;
        this.stopping = stopping;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), plan.port());
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 65_536));
        this.out = socket.getOutputStream();
        connect();
    }

    private void connect() throws IOException {
        boolean named = !plan.user().isEmpty();
        filled = 2;
        text("MQTT");
        buffer[filled++] = 4;
        buffer[filled++] = (byte) (named ? 0xc2 : 0x02);
        filled += 2; // no keep-alive
        text("load-" + ProcessHandle.current().pid() + "-" + Integer.toHexString(System.identityHashCode(this)));
        if (named) {
            text(plan.user());
            text(plan.password());
        }
        buffer[0] = 0x10;
        buffer[1] = (byte) (filled - 2);
        flush();
        byte[] answer = in.readNBytes(4);
        if (answer.length < 4 || answer[0] != 0x20 || answer[3] != 0) {
            throw new IOException("the broker on port " + plan.port() + " refused the publisher");
        }
    }

    void start(long atNanos) {
        startNanos = atNanos;
        writer.setDaemon(true);
        reader.setDaemon(true);
        reader.start();
        writer.start();
    }

    private void publish() {
        Telemetry telemetry = new Telemetry();
        try {
            int packetId = 0;
            for (int message = 0; message < plan.messages() && !stopping.get(); message++) {
                if (plan.device(message) % plan.connections() != connection) {
                    continue;
                }
                awaitDue(message);
                if (!window.tryAcquire()) {
                    flush();
                    window.acquire();
                }
                packetId = packetId % (PACKET_IDS - 1) + 1;
                waiting.set(packetId, message);
                append(plan.topic(message), packetId, plan.payload(telemetry, message));
                if (filled > FLUSH_AT_BYTES) {
                    flush();
                }
            }
            flush();
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            fail(new IOException("interrupted", e));
        }
    }

    private void awaitDue(int message) throws IOException {
        if (plan.perSecond() == 0) {
            return;
        }
        long due = startNanos + (long) (message / plan.perSecond() * 1e9);
        long early = due - System.nanoTime();
        if (early > 0) {
            flush();
            while (early > 0 && !stopping.get()) {
                LockSupport.parkNanos(Math.min(early, 20_000_000));
                early = due - System.nanoTime();
            }
        }
        latestNanos = Math.max(latestNanos, -early);
    }

    private void append(String topic, int packetId, byte[] payload) {
        int length = 2 + topic.length() + 2 + payload.length;
        buffer[filled++] = 0x32;
        while (length > 127) {
            buffer[filled++] = (byte) (length & 127 | 128);
            length >>= 7;
        }
        buffer[filled++] = (byte) length;
        text(topic);
        buffer[filled++] = (byte) (packetId >> 8);
        buffer[filled++] = (byte) packetId;
        System.arraycopy(payload, 0, buffer, filled, payload.length);
        filled += payload.length;
    }

    private void text(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        buffer[filled++] = (byte) (bytes.length >> 8);
        buffer[filled++] = (byte) bytes.length;
        System.arraycopy(bytes, 0, buffer, filled, bytes.length);
        filled += bytes.length;
    }

    private void flush() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }

    private void receive() {
        try {
            while (true) {
                int type = in.readUnsignedByte();
                int length = in.readUnsignedByte();
                int packetId = in.readUnsignedShort();
                if (type != 0x40 || length != 2) {
                    throw new IOException("the broker sent a packet of type " + type + " to a publisher");
                }
                log.acknowledged(plan, waiting.get(packetId));
                window.release();
            }
        } catch (EOFException e) {
            fail(new IOException("the broker closed a publisher's connection", e));
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException reason) {
        if (fault == null) {
            fault = reason;
        }
        // Lets a writer that waits for room see that it is over.
        window.release(WINDOW);
        stopping.set(true);
    }

    void await() throws IOException, InterruptedException, TimeoutException {
        writer.join(TimeUnit.MINUTES.toMillis(10));
        boolean all = !writer.isAlive() && window.tryAcquire(WINDOW, 1, TimeUnit.MINUTES);
        IOException reason = fault;
        socket.close();
        if (reason != null) {
            throw reason;
        }
        if (!all) {
            throw new TimeoutException("the broker acknowledged not all that was published");
        }
    }

    double latenessMillis() {
        return latestNanos / 1e6;
    }
}
