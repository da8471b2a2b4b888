package org.caravanhub.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * How the embedded broker runs.
 *
 * @param kind which one; setting {@code caravan.broker}
 * @param bindAddress where it listens, setting {@code caravan.mqtt.host}: {@code 0.0.0.0} for the whole network,
 *     {@code 127.0.0.1} for this machine alone
 * @param port its TCP port, 0 for any that is free; setting {@code caravan.mqtt.port}
 * @param directory where it keeps its files, {@code DIR/broker}; made if it is missing, readable by its owner alone
 * @param encrypted where Mosquitto listens with TLS, too; the broker in the process has none
 */
public record BrokerSettings(Kind kind, String bindAddress, int port, Path directory, Optional<Encrypted> encrypted) {
    /** What the port of TLS is chosen with on the command line. */
    static final String TLS_PORT_OPTION = "--mqtt-tls-port";

    /**
     * A way in with TLS.
     *
     * @param port its TCP port; setting {@code caravan.mqtt.tls.port}
     * @param certificate a PEM file
     * @param key a PEM file
     */
    public record Encrypted(int port, Path certificate, Path key) {
        /** One with the certificate in this folder, if there is one: {@code caravan tls init} makes it. */
        public static Optional<Encrypted> in(Path folder, int port) {
            Encrypted found = new Encrypted(
                    port,
                    folder.resolve("server.crt").toAbsolutePath().normalize(),
                    folder.resolve("server.key").toAbsolutePath().normalize());
            return Optional.of(found).filter(way -> Files.isReadable(way.certificate) && Files.isReadable(way.key));
        }
    }

    /** Without TLS. */
    public BrokerSettings(Kind kind, String bindAddress, int port, Path directory) {
        this(kind, bindAddress, port, directory, Optional.empty());
    }

    /** What a port is chosen with on the command line. */
    static final String PORT_OPTION = "--mqtt-port";

    /** The largest MQTT packet that is taken, in bytes; who sends a larger one is disconnected. */
    static final int MAX_PACKET_BYTES = 262_144;

    /** How long the session of a client that is away is kept, with its queue. */
    static final int SESSION_DAYS = 14;

    /** {@code directory} is made absolute, since it names the broker's process. */
    public BrokerSettings {
        directory = directory.toAbsolutePath().normalize();
    }

    /** The same with a port that is free now, if any would do. */
    BrokerSettings withPort() {
        if (port != 0 || kind == Kind.OFF) {
            return this;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(bindAddress, 0));
            return new BrokerSettings(kind, bindAddress, socket.getLocalPort(), directory, encrypted);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + bindAddress + ": " + e.getMessage(), e);
        }
    }

    /** Where the hub itself connects. */
    String url() {
        boolean everywhere = bindAddress.equals("0.0.0.0") || bindAddress.equals("::");
        String host = everywhere ? "127.0.0.1" : bindAddress;
        return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Which broker runs. */
    public enum Kind {
        /** Mosquitto if a program of version 2.0 or newer is found, else the broker in the process. */
        AUTO,
        /** Mosquitto beside the hub; an error if there is none. */
        MOSQUITTO,
        /** The broker in the process. */
        IN_PROCESS,
        /** None. */
        OFF;

        /**
         * Reads the setting {@code caravan.broker}.
         *
         * @throws IllegalArgumentException if it is none of {@code auto}, {@code mosquitto}, {@code in-process}, {@code off}
         */
        public static Kind of(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "auto" -> AUTO;
                case "mosquitto" -> MOSQUITTO;
                case "in-process" -> IN_PROCESS;
                case "off" -> OFF;
                default ->
                    throw new IllegalArgumentException("caravan.broker is one of auto, mosquitto, in-process, off");
            };
        }
    }
}
