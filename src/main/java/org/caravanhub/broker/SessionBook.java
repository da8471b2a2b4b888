package org.caravanhub.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Which client ids have a session that outlives their connection, in a file, a line per change: {@code +id} or {@code -id}.
 * Artemis does not keep that, so after a kill it would fill queues for ever for clients that never come back. The file
 * grows with new client ids, not with connections. May be shared by threads.
 */
final class SessionBook {
    private final Path file;
    private final Set<String> lasting = new HashSet<>();

    /** @throws UncheckedIOException if the file cannot be read */
    SessionBook(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file, UTF_8)) {
                    take(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Whether the session of this client is to be kept when the client is gone. */
    synchronized boolean isLasting(String clientId) {
        return lasting.contains(clientId);
    }

    /** Notes what a client asked for as it connects; on disk when this returns. */
    synchronized void note(String clientId, boolean lasts) {
        if (lasting.contains(clientId) == lasts) {
            return;
        }
        String line = (lasts ? "+" : "-") + clientId;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
        take(line);
    }

    private void take(String line) {
        if (line.startsWith("+")) {
            lasting.add(line.substring(1));
        } else if (line.startsWith("-")) {
            lasting.remove(line.substring(1));
        }
    }
}
