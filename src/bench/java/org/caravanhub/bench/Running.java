package org.caravanhub.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A contender's process and its children: what they cost in CPU and memory. */
final class Running implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;
    private static final long PAGE_BYTES = 4096;

    private final Process process;
    private final Path log;
    private final long startedNanos = System.nanoTime();
    private long peakBytes;

    Running(Contender contender) throws IOException {
        Files.createDirectories(contender.database().getParent());
        log = contender.database().resolveSibling("output.log");
        ProcessBuilder builder = new ProcessBuilder(contender.command())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(contender.environment());
        process = builder.start();
    }

    long startedNanos() {
        return startedNanos;
    }

    void checkAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the contender ended with " + process.exitValue() + ", see " + log);
        }
    }

    /** CPU seconds of the process and its children so far. */
    double cpuSeconds() {
        return tree().mapToDouble(pid -> cpuSeconds(pid)).sum();
    }

    /** Memory of the process and its children now. */
    long residentBytes() {
        long bytes = tree().mapToLong(pid -> field("/proc/" + pid + "/statm", 1) * PAGE_BYTES)
                .sum();
        peakBytes = Math.max(peakBytes, bytes);
        return bytes;
    }

    /** The most of what was seen by {@link #residentBytes}. */
    long peakBytes() {
        return peakBytes;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Stream<Long> tree() {
        return Stream.concat(Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid));
    }

    private static double cpuSeconds(long pid) {
        // The name, in brackets, may hold spaces: count from its end. user and system are fields 14 and 15.
        return (field("/proc/" + pid + "/stat", 11) + field("/proc/" + pid + "/stat", 12)) / TICKS_PER_SECOND;
    }

    private static long field(String file, int index) {
        try {
            String text = Files.readString(Path.of(file));
            String[] fields = text.substring(text.lastIndexOf(") ") < 0 ? 0 : text.lastIndexOf(") ") + 2)
                    .split(" ");
            return Long.parseLong(fields[index]);
        } catch (IOException | RuntimeException e) {
            return 0; // it has ended
        }
    }
}
