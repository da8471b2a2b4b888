package org.caravanhub.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which {@code Host} a request may name. A page on the internet can make its own name point to the hub's address and then ask it
 * from a browser on the same network (DNS rebinding); it cannot make the browser send an address or the hub's name instead.
 */
public final class HostRule {
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]{2,45}(%[0-9a-z]+)?]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final Set<String> names = new HashSet<>();

    /**
     * Addresses, {@code localhost}, and these names.
     *
     * @param names the machine's own name, what the owner's router calls it; each also with {@code .local}
     */
    public HostRule(Collection<String> names) {
        this.names.add("localhost");
        names.forEach(this::add);
    }

    private void add(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (!lower.isEmpty()) {
            names.add(lower);
            names.add(lower + ".local");
        }
    }

    /**
     * The name of this machine, as the kernel knows it; empty if it has none. Nobody is asked over the network: without one, that
     * would delay the start by the patience of a resolver.
     */
    static String ownName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("");
        }
    }

    /** Whether a request to this host is meant for the hub. The port says nothing. */
    public boolean allows(String host) {
        String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        return names.contains(name) || ADDRESS.matcher(name).matches();
    }
}
