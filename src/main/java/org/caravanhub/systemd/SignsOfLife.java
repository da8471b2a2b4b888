package org.caravanhub.systemd;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Tells systemd that the process lives while no hub does in it: a backup is brought back, which takes minutes. Whatever hangs there is waited
 * for an hour.
 */
public final class SignsOfLife implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int CHANCES = 4;

    private final Systemd systemd;
    private final Thread thread;

    private SignsOfLife(Systemd systemd) {
        this.systemd = systemd;
        this.thread = new Thread(this::give, "signs-of-life");
        thread.setDaemon(true);
    }

    /**
     * Begins, and goes on until it is closed.
     *
     * @param status what is done, for a person
     */
    public static SignsOfLife begin(Systemd systemd, String status) {
        SignsOfLife signs = new SignsOfLife(systemd);
        systemd.tell("WATCHDOG=1", "STATUS=" + status);
        if (systemd.patience().isPresent()) {
            signs.thread.start();
        }
        return signs;
    }

    private void give() {
        Duration pace = systemd.patience().orElseThrow().dividedBy(CHANCES);
        long begun = System.nanoTime();
        try {
            while (System.nanoTime() - begun < LONGEST.toNanos()) {
                TimeUnit.NANOSECONDS.sleep(pace.toNanos());
                systemd.tell("WATCHDOG=1");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on the hub speaks for itself. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
