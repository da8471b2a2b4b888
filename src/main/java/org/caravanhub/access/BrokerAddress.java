package org.caravanhub.access;

import java.net.URI;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where devices find the broker.
 *
 * @param host a name or address that a device can reach, without brackets
 * @param port its TCP port
 * @param isTls whether it speaks TLS
 */
public record BrokerAddress(String host, int port, boolean isTls) {
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127\\..*|::1|0\\.0\\.0\\.0|");

    /**
     * As it is told to somebody who asked the hub by this name.
     *
     * @param url where the hub itself connects: {@code tcp://127.0.0.1:1883}
     * @param bound the address that the embedded broker listens on; empty for a broker elsewhere
     * @param asked by which name or address the hub was asked
     * @param lan the best address of this machine on the network; empty if it is on none
     */
    static BrokerAddress of(String url, String bound, String asked, Supplier<String> lan) {
        URI hub = URI.create(url);
        String elsewhere = hub.getHost() == null ? "" : plain(hub.getHost());
        boolean isTls = "ssl".equals(hub.getScheme());
        String host = elsewhere;
        if (isOfThisMachine(elsewhere)) {
            host = isOfThisMachine(bound) && !bound.isEmpty() && !bound.equals("0.0.0.0") ? bound : here(asked, lan);
        }
        return new BrokerAddress(host, hub.getPort(), isTls);
    }

    /** The name by which this machine was asked, or its address on the network if that means something else elsewhere. */
    static String here(String asked, Supplier<String> lan) {
        String host = plain(PORT.matcher(asked).replaceFirst(""));
        if (!isOfThisMachine(host)) {
            return host;
        }
        String address = lan.get();
        return address.isEmpty() ? (host.isEmpty() ? "localhost" : host) : address;
    }

    /** As it is written in a URL. */
    String inUrl() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static boolean isOfThisMachine(String host) {
        return THIS_MACHINE.matcher(host).matches();
    }

    private static String plain(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
