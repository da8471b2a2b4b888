package org.caravanhub.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A start that takes its time, since the tables of an older release are moved to their new form: systemd is asked for more time as long as the
 * work goes on, and {@code update.sh} reads in the status that it has to wait. A start that hangs asks for none.
 */
public final class LongStart implements AutoCloseable {
    /** What {@code update.sh} looks for. */
    static final String STATUS = "Moves tables to their new form";

    private static final Logger LOG = LoggerFactory.getLogger(LongStart.class);
    private static final Path IO = Path.of("/proc/self/io");

    /** An ordinary start is past it before that, and says nothing. */
    private static final Duration PACE = Duration.ofSeconds(10);

    /** What a process that waits reads and writes all the same, in bytes. */
    private static final long IDLE = 256 * 1024;

    /** Whatever takes longer than this is looked at by a person. */
    private static final Duration LONGEST = Duration.ofHours(6);

    private final Optional<Systemd> systemd;
    private final LongSupplier work;
    private final Duration pace;
    private final Thread thread;
    private volatile boolean hasTold;

    LongStart(Optional<Systemd> systemd, LongSupplier work, Duration pace) {
        this.systemd = systemd;
        this.work = work;
        this.pace = pace;
        this.thread = new Thread(this::watch, "long-start");
        thread.setDaemon(true);
    }

    /**
     * Begins to look on. Nothing happens if no systemd has started this process.
     *
     * @param isElsewhere whether another process does the work, whose progress is not to be seen from here
     */
    public static LongStart begin(Optional<Systemd> systemd, boolean isElsewhere) {
        LongStart start = new LongStart(systemd, isElsewhere ? System::nanoTime : LongStart::bytesReadAndWritten, PACE);
        start.begin();
        return start;
    }

    void begin() {
        if (systemd.isPresent()) {
            thread.start();
        }
    }

    private void watch() {
        long start = System.nanoTime();
        long done = work.getAsLong();
        try {
            while (System.nanoTime() - start < LONGEST.toNanos()) {
                TimeUnit.NANOSECONDS.sleep(pace.toNanos());
                long now = work.getAsLong();
                if (now - done > IDLE) {
                    hasTold = true;
                    tell(
                            "EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(pace.toNanos() * 6),
                            "STATUS=" + STATUS + ", "
                                    + Duration.ofNanos(System.nanoTime() - start)
                                            .toSeconds() + " s so far.");
                } else if (hasTold) {
                    tell("STATUS=Nothing moves any more.");
                }
                done = now;
            }
        } catch (InterruptedException e) {
            LOG.debug("the long start is over");
        }
    }

    /** By this process since it began, in bytes; 0 where the kernel does not count. */
    private static long bytesReadAndWritten() {
        try (var lines = Files.lines(IO)) {
            return lines.filter(line -> line.startsWith("rchar: ") || line.startsWith("wchar: "))
                    .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private void tell(String... words) {
        systemd.ifPresent(manager -> manager.tell(words));
    }

    /** The work is done, or has failed; the rest of the start is as short as ever. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (hasTold) {
            tell("STATUS=Starts.");
        }
    }
}
