package org.caravanhub.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * How much of the files that a file system can hold there are. Java cannot ask, so the program {@code stat} does, at most every ten minutes;
 * nobody waits for it: who looks is told what the last one said.
 */
final class Inodes {
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Path folder;
    private final LongSupplier nanos;
    private long askedAt;
    private boolean isAsked;
    private volatile OptionalInt usedPercent = OptionalInt.empty();

    Inodes(Path folder, LongSupplier nanos) {
        this.folder = folder;
        this.nanos = nanos;
    }

    /** 0 to 100; nothing before the first answer, and for file systems without a limit. */
    synchronized OptionalInt usedPercent() {
        if (!isAsked || nanos.getAsLong() - askedAt > FRESH.toNanos()) {
            isAsked = true;
            askedAt = nanos.getAsLong();
            ask();
        }
        return usedPercent;
    }

    private void ask() {
        try {
            new ProcessBuilder("stat", "-f", "-c", "%c %d", folder.toString())
                    .redirectErrorStream(true)
                    .start()
                    .onExit()
                    .thenAccept(this::heard);
        } catch (IOException e) {
            usedPercent = OptionalInt.empty(); // there is no such program
        }
    }

    private void heard(Process ended) {
        try (var answer = ended.getInputStream()) {
            String[] words = new String(answer.readNBytes(100), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            long all = Linux.number(words[0], 10).orElse(0);
            long free = words.length > 1 ? Linux.number(words[1], 10).orElse(all) : all;
            usedPercent = all <= 0 ? OptionalInt.empty() : OptionalInt.of((int) (100 * (all - free) / all));
        } catch (IOException e) {
            usedPercent = OptionalInt.empty();
        }
    }
}
