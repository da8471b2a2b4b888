package org.caravanhub.system;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A device on a plain socket that left a last will at the broker: MQTT 3.1.1, QoS 1, and it can die without a word. */
final class WilledDevice implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final String id;
    private int packetId;

    /** Connects, takes over from whoever has this id, and says that it is there. */
    WilledDevice(int port, String id) {
        this.id = id;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
            connect();
            publish("status", "online", true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        body.writeUTF("MQTT");
        body.write(4);
        body.write(0b0010_1110); // clean session, will, QoS 1, retained
        body.writeShort(600);
        body.writeUTF(id);
        body.writeUTF("caravan/" + id + "/status");
        body.writeUTF("offline");
        out.write(0x10);
        out.write(bytes.size());
        out.write(bytes.toByteArray());
        in.readFully(new byte[4]);
    }

    /** Publishes below its own topics, and waits until the broker has it. */
    WilledDevice publish(String what, String payload, boolean retained) {
        return publish("caravan/" + id + "/" + what, payload, retained ? 1 : 0);
    }

    /** The same below the topics of another device, as a bridge does. */
    WilledDevice publishAs(String other, String what, String payload) {
        return publish("caravan/" + other + "/" + what, payload, 0);
    }

    private WilledDevice publish(String topic, String payload, int retain) {
        try {
            java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(bytes);
            body.writeUTF(topic);
            packetId = packetId % 65_535 + 1;
            body.writeShort(packetId);
            body.write(payload.getBytes(StandardCharsets.UTF_8));
            out.write(0x32 | retain);
            out.write(bytes.size());
            out.write(bytes.toByteArray());
            in.readFully(new byte[4]);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isDead() {
        return socket.isClosed();
    }

    WilledDevice measures() {
        return publish("telemetry", "{\"temperature_c\":21.5}", false);
    }

    /** Its power is cut: the connection is reset, and the broker publishes its will. */
    void die() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!socket.isClosed()) {
            die();
        }
    }
}
