package org.caravanhub.mqtt;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a broker listens: {@code tcp://host:1883} or {@code ssl://host:8883}; {@code mqtt://} and {@code mqtts://} mean the same.
 * Holds no credentials, so that it can be shown and logged.
 *
 * @param host name or address
 * @param port TCP port
 * @param tls whether the connection is encrypted and the host's name checked
 */
public record BrokerUrl(String host, int port, boolean tls) {
    private static final String EXPECTED = "Write tcp://HOST:PORT or ssl://HOST:PORT.";

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it cannot be read; credentials in it are refused and not repeated in the message
     */
    public static BrokerUrl parse(String text) {
        if (text.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "The broker's URL holds credentials. Take them out, and set userName and password instead.");
        }
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "tcp://" + text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The broker's URL \"" + text + "\" cannot be read. " + EXPECTED, e);
        }
        boolean tls;
        switch (uri.getScheme()) {
            case "tcp", "mqtt" -> tls = false;
            case "ssl", "mqtts", "tls" -> tls = true;
            default ->
                throw new IllegalArgumentException(
                        "The broker's URL \"" + text + "\" begins with an unknown scheme. " + EXPECTED);
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("The broker's URL \"" + text + "\" names no host. " + EXPECTED);
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 8883 : 1883;
        return new BrokerUrl(uri.getHost().replace("[", "").replace("]", ""), port, tls);
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return (tls ? "ssl://" : "tcp://") + name + ":" + port;
    }
}
