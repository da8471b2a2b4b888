package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What the data folder of a hub that is down tells. It looks at sizes and times only: the database is not opened. */
record StoppedHub(Path folder) {
    private static final long MEGABYTE = 1 << 20;

    /** Some lines for a person. */
    String describe(Instant now) {
        if (!Files.isDirectory(folder)) {
            return "Data      " + folder.toAbsolutePath().normalize() + " is not there: no hub ran with it yet\n";
        }
        StringBuilder text = new StringBuilder();
        text.append("Data      ").append(folder.toAbsolutePath().normalize()).append('\n');
        Path database = folder.resolve("caravan.db");
        try {
            if (Files.exists(database)) {
                Path log = folder.resolve("caravan.db-wal");
                long bytes = Files.size(database) + (Files.exists(log) ? Files.size(log) : 0);
                Instant written = Files.getLastModifiedTime(Files.exists(log) ? log : database)
                        .toInstant();
                text.append("Database  ").append(megabytes(bytes)).append(", last written ");
                text.append(Ago.span(Duration.between(written, now))).append(" ago\n");
            } else {
                text.append("Database  none yet\n");
            }
            text.append("Disk      ")
                    .append(megabytes(Files.getFileStore(folder).getUsableSpace()))
                    .append(" free\n");
        } catch (IOException e) {
            text.append("Database  cannot be looked at: ")
                    .append(e.getMessage())
                    .append('\n');
        }
        return text.toString();
    }

    private static String megabytes(long bytes) {
        return bytes / MEGABYTE + " MB";
    }
}
