package org.caravanhub.mqtt;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A device: a plain socket that speaks just enough MQTT 3.1.1 to publish, so that our client is not tested by itself. */
final class RawPublisher implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int packetId;
    private int unacknowledged;

    RawPublisher(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 65_536));
            out.write(0x10);
            out.write(12);
            out.writeUTF("MQTT");
            out.write(4);
            out.write(2);
            out.writeShort(0);
            out.writeShort(0);
            out.flush();
            in.readFully(new byte[4]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes, without waiting for the broker. */
    RawPublisher publish(String topic, byte[] payload, int qos, boolean retained) {
        try {
            byte[] name = topic.getBytes(StandardCharsets.UTF_8);
            out.write(0x30 | qos << 1 | (retained ? 1 : 0));
            out.write(length(2 + name.length + (qos > 0 ? 2 : 0) + payload.length));
            out.writeShort(name.length);
            out.write(name);
            if (qos > 0) {
                packetId = packetId % 65_535 + 1;
                out.writeShort(packetId);
                unacknowledged++;
            }
            out.write(payload);
            if (unacknowledged >= 1_000) {
                awaitAcknowledged();
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawPublisher publish(String topic, String payload) {
        return publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    /** Publishes the numbers from one up to below the other, as text. */
    RawPublisher publishNumbers(String topic, int from, int below) {
        for (int number = from; number < below; number++) {
            publish(topic, Integer.toString(number));
        }
        return awaitAcknowledged();
    }

    /** Waits until the broker has acknowledged all that was published. */
    RawPublisher awaitAcknowledged() {
        try {
            out.flush();
            in.readFully(new byte[4 * unacknowledged]);
            unacknowledged = 0;
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.flush();
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] length(int value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int rest = value;
        do {
            bytes.write(rest > 127 ? rest & 127 | 128 : rest);
            rest >>>= 7;
        } while (rest > 0);
        return bytes.toByteArray();
    }
}
