package org.caravanhub.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.caravanhub.alert.Alerts;
import org.caravanhub.device.Presence;
import org.caravanhub.device.PresenceChange;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;
import org.caravanhub.store.PresenceBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes round every five seconds, as soon as there is a device: tells what changed, raises and resolves alerts, and writes all of it in
 * one transaction. A database that is away is tried again; what is to be written waits in memory meanwhile.
 */
public final class PresenceRounds implements AutoCloseable {
    /** The name of the alert about a device that is gone. */
    public static final String ALERT = "device-offline";

    private static final Logger LOG = LoggerFactory.getLogger(PresenceRounds.class);
    private static final int ROUND_SECONDS = 5;
    private static final int AGAIN_SECONDS = 20;
    private static final int WRITTEN_AT_ONCE = 200;
    private static final int MOST_WAITING = 10_000;
    /** A clock that is wrong after a power cut is usually set within that. */
    private static final long CLOCK_PATIENCE_MS = Duration.ofMinutes(10).toMillis();

    private final PresenceWatch watch;
    private final PresenceBook book;
    private final PresenceTeller teller;
    private final Alerts alerts;
    private final Hearing hearing;
    private final Clock wall;
    private final LongSupplier nanos;
    private final long beganMs;
    private final AtomicBoolean runs = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread;

    // On the thread of the rounds only.
    private final Set<String> unwritten = new LinkedHashSet<>();
    private final Deque<Waiting> changes = new ArrayDeque<>();
    private long writeFromMs = Long.MIN_VALUE;
    private boolean isAway;

    /** A change that is not written yet; its moment by the monotonic clock, since the other may be set before it is written. */
    private record Waiting(String device, Presence state, String reason, long atMs) {}

    /**
     * Rounds that have not begun.
     *
     * @param nanos what the watch has
     */
    public PresenceRounds(
            PresenceWatch watch,
            PresenceBook book,
            PresenceTeller teller,
            Alerts alerts,
            Hearing hearing,
            Clock wall,
            LongSupplier nanos) {
        this.watch = watch;
        this.book = book;
        this.teller = teller;
        this.alerts = alerts;
        this.hearing = hearing;
        this.wall = wall;
        this.nanos = nanos;
        this.beganMs = monotonicMs();
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "presence");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Goes round from the first device on; tells and writes nothing before {@link #recall}. */
    public void begin() {
        watch.whenWanted(this::goRound);
    }

    /** Reads what an earlier run knew; when the database is there. */
    public void recall() {
        try {
            watch.recall(book.all(), book.paths());
        } catch (RuntimeException e) {
            LOG.warn("presence=not-recalled reason=\"{}\" \"tried again\"", e.getMessage());
            later(this::recall);
        }
    }

    private void goRound() {
        if (runs.compareAndSet(false, true)) {
            try {
                thread.scheduleWithFixedDelay(this::round, 0, ROUND_SECONDS, TimeUnit.SECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("presence ends");
            }
        }
    }

    private void later(Runnable work) {
        try {
            thread.schedule(work, AGAIN_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("presence ends");
        }
    }

    /** A mistake in one round must not end all that follow. */
    void round() {
        try {
            lookAtOwners();
            List<Change> news = new ArrayList<>();
            watch.look(news, unwritten);
            news.forEach(this::tell);
            write();
        } catch (RuntimeException e) {
            LOG.error("presence=not-looked-at reason=\"{}\"", e.toString());
        }
    }

    /** A device that cannot be asked for now is asked for in the next round. */
    private void lookAtOwners() {
        List<String> gone = watch.takeGone();
        List<String> asked = watch.takeAsked();
        try {
            for (String device : gone) {
                unwritten.remove(device);
                changes.removeIf(change -> change.device.equals(device));
                alerts.resolve(ALERT, device, "the device was removed");
                book.forget(device);
            }
            for (String device : asked) {
                watch.owned(device, book.ownership(device));
            }
        } catch (RuntimeException e) {
            note(e);
            gone.forEach(watch::removed);
            asked.forEach(watch::changed);
        }
    }

    private void tell(Change change) {
        Standing now = change.now();
        if (change.isNews()) {
            long atMs = monotonicMs() - (wall.millis() - now.since().toEpochMilli());
            String reason = now.state() == Presence.ONLINE ? "heard" : now.reason();
            changes.add(new Waiting(now.device(), now.state(), reason, atMs));
            if (changes.size() > MOST_WAITING) {
                changes.remove();
            }
            if (change.isAlone()) {
                teller.changed(now);
            }
        }
        switch (change.alarm()) {
            case RAISE -> alerts.raise(notice(change));
            case RESOLVE ->
                alerts.resolve(ALERT, now.device(), now.state() == Presence.ONLINE ? "heard again" : now.reason());
            case NONE -> {}
        }
    }

    private Notice notice(Change change) {
        Standing now = change.now();
        int behind = change.behind().size();
        String others = behind == 0
                ? ""
                : " So are the " + behind + " devices that are heard through it: "
                        + String.join(", ", change.behind().subList(0, Math.min(behind, 10)))
                        + (behind > 10 ? ", …" : "") + ".";
        String last = now.heardAt().map(at -> " Last heard at " + at + ".").orElse("");
        return new Notice(
                ALERT,
                "presence",
                now.device() + " is offline",
                "Reason: " + now.reason() + "." + last + others,
                Priority.NORMAL,
                now.device(),
                wall.instant());
    }

    private void write() {
        long now = monotonicMs();
        boolean isClockWrong = !hearing.isClockBelieved() && now - beganMs < CLOCK_PATIENCE_MS;
        if (now < writeFromMs || isClockWrong) {
            return;
        }
        try {
            while (!unwritten.isEmpty() || !changes.isEmpty()) {
                List<String> some = unwritten.stream().limit(WRITTEN_AT_ONCE).toList();
                List<Waiting> first = changes.stream().limit(WRITTEN_AT_ONCE).toList();
                book.write(watch.judged(some), first.stream().map(this::dated).toList());
                some.forEach(unwritten::remove);
                first.forEach(written -> changes.remove());
            }
            note(null);
        } catch (RuntimeException e) {
            note(e);
            writeFromMs = now + AGAIN_SECONDS * 1000L;
        }
    }

    private PresenceChange dated(Waiting change) {
        long at = wall.millis() - (monotonicMs() - change.atMs);
        return new PresenceChange(change.device, change.state, change.reason, Instant.ofEpochMilli(at));
    }

    private void note(@org.jspecify.annotations.Nullable RuntimeException e) {
        if (e != null && !isAway) {
            LOG.warn("presence=not-written reason=\"{}\" \"tried again\"", e.getMessage());
        } else if (e == null && isAway) {
            LOG.info("presence=written");
        }
        isAway = e != null;
    }

    /** Tells and writes what is left, if the database is there, and stops. */
    @Override
    public void close() throws InterruptedException {
        watch.whenWanted(() -> {});
        thread.shutdown();
        if (thread.awaitTermination(2, TimeUnit.SECONDS) && runs.get() && !isAway) {
            round();
        }
        thread.shutdownNow();
    }

    private long monotonicMs() {
        return nanos.getAsLong() / 1_000_000;
    }
}
