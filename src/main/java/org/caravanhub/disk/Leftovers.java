package org.caravanhub.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Files in the data folder that nobody needs: begun and left by a kill, or kept for speed alone. */
public final class Leftovers {
    /** What is written now is younger. */
    private static final Duration OLD = Duration.ofHours(1);

    private final Path folder;

    /** In this folder, not below it. */
    public Leftovers(Path folder) {
        this.folder = folder;
    }

    /** Deletes them, and answers how many. */
    public long clear() throws IOException {
        long gone = 0;
        Instant before = Instant.now().minus(OLD);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{part,tmp,jsa}")) {
            for (Path file : files) {
                if (Files.isRegularFile(file)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)
                        && Files.deleteIfExists(file)) {
                    gone++;
                }
            }
        }
        return gone;
    }
}
