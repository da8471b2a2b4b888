package org.caravanhub.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The process that listens on a TCP port, as the kernel tells in {@code /proc} (proc(5)).
 *
 * @param pid its process id
 * @param command its program, without arguments: they may hold secrets
 */
public record PortHolder(long pid, String command) {
    private static final Path PROC = Path.of("/proc");

    /** The state of a listening socket in {@code /proc/net/tcp}. */
    private static final String LISTENING = "0A";

    /** Who listens on the port; empty if nobody does, or it is a process that this user may not look at. */
    public static Optional<PortHolder> of(int port) {
        Set<String> sockets = new HashSet<>();
        collectListening("net/tcp", port, sockets);
        collectListening("net/tcp6", port, sockets);
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holdsOneOf(process, sockets)) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    return Optional.of(new PortHolder(pid, commandOf(process)));
                }
            }
        } catch (IOException e) {
            return Optional.empty(); // no /proc on this system: the caller says "a process"
        }
        return Optional.empty();
    }

    private static void collectListening(String table, int port, Set<String> sockets) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        try {
            for (String line : Files.readAllLines(PROC.resolve(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING)) {
                    sockets.add("socket:[" + columns[9] + "]");
                }
            }
        } catch (IOException e) {
            // One of the two tables may be missing: a machine without IPv6.
        }
    }

    private static boolean holdsOneOf(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Gone meanwhile, or of another user.
        }
        return false;
    }

    private static String commandOf(Path process) {
        try {
            if (Files.readString(process.resolve("cmdline")).contains("org.caravanhub.")) {
                return "another Caravan";
            }
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return "a process";
        }
    }

    @Override
    public String toString() {
        return command + " (pid " + pid + ")";
    }
}
