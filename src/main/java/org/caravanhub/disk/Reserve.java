package org.caravanhub.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Room that is kept for the moment when there is none: a full disk can be deleted from only if the log of the deletion fits. */
final class Reserve {
    static final long BYTES = 16L * 1024 * 1024;

    private static final int BLOCK = 256 * 1024;

    private final Path file;

    Reserve(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Written through, since blocks that are only promised may not be there when they are needed. */
    void make() throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            // What does not fit is cut short without an error; the next write then fails.
            while (channel.position() < BYTES) {
                channel.write(ByteBuffer.allocate(BLOCK));
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, file);
    }

    boolean giveUp() throws IOException {
        return Files.deleteIfExists(file);
    }
}
