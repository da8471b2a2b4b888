package org.caravanhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts the bytes that reach the block device below a directory: journal, checkpoint and metadata included. */
final class DeviceBytes {
    private static final int SECTOR_BYTES = 512;
    private static final int SECTORS_WRITTEN = 6;

    private final Path directory;
    private final Path counters;

    /** For the device on which {@code directory} is mounted; exact only if nobody else writes to that device. */
    DeviceBytes(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        String device = new String(
                        new ProcessBuilder("findmnt", "-no", "SOURCE", "-T", directory.toString())
                                .start()
                                .getInputStream()
                                .readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8)
                .strip();
        this.counters = Path.of("/sys/block", Path.of(device).getFileName().toString(), "stat");
    }

    /** Written since the device was made, after everything in memory went out. */
    long written() throws IOException, InterruptedException {
        new ProcessBuilder("sync", "-f", directory.toString()).start().waitFor();
        String[] fields = Files.readString(counters).strip().split("\\s+");
        return Long.parseLong(fields[SECTORS_WRITTEN]) * SECTOR_BYTES;
    }

    /** Lets the system forget a file, so that the next read comes from the device. */
    static void forget(Path file) throws IOException, InterruptedException {
        new ProcessBuilder("sync", file.toString()).start().waitFor();
        new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none")
                .start()
                .waitFor();
    }
}
