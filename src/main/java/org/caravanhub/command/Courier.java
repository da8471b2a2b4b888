package org.caravanhub.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.Trust;
import org.caravanhub.command.Command.Progress;
import org.caravanhub.command.Command.State;
import org.caravanhub.device.Presence;
import org.caravanhub.device.Whereabouts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings commands to their devices: at once if the device is there, otherwise when it is heard; each device's in order, the next when the one
 * before has arrived; again every 30 seconds while it is not acknowledged, always with the same reference; none when its time is up.
 *
 * <p>That a command may have gone out is committed before it goes. How much of its time is left is measured by a clock that nobody can set, from
 * the moment at which it was made or at which a believed clock was first seen, so that setting the clock lets nothing expire or rise again.
 *
 * <p>One thread, which ends when there is nothing to do. {@link #look}, {@link #heard} and {@link #wake} may be called by any.
 */
public final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    static final Duration AGAIN = Duration.ofSeconds(30);
    /** After this a broker that could not be reached, or a database, is tried again. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** An answer to what went out in time may take so long, or have waited in the broker while the hub was down. */
    private static final Duration ANSWERING = Duration.ofSeconds(10);
    /** A device that was heard is awake for so long. */
    private static final Duration AWAKE = Duration.ofSeconds(5);

    private static final Duration NOTICEABLE = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final CommandBook book;
    private final Whereabouts whereabouts;
    private final Post post;
    private final Consumer<Command> tidings;
    private final HubClock clock;
    private final LongSupplier nanos;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean isTicking = new AtomicBoolean();

    /** When each device that has open commands is to be attended to next. */
    private final Map<String, Turn> due = new ConcurrentHashMap<>();

    private final Map<String, Long> heardAt = new ConcurrentHashMap<>();
    /** What is left of the time of each open command. */
    private final Map<String, Span> spans = new ConcurrentHashMap<>();

    private final Map<String, Long> sentAt = new ConcurrentHashMap<>();

    // On its thread only.
    private boolean isLoaded;
    private long pausedUntil;
    private String trouble = "";

    /** When to attend to a device; two of the same time are two. */
    private static final class Turn {
        private final long atNanos;

        Turn(long atNanos) {
            this.atNanos = atNanos;
        }
    }

    /** When a command's time is up, and from when that was known. */
    private record Span(long untilNanos, long sinceNanos) {}

    /**
     * Brings what is in this book.
     *
     * @param tidings is told each change, on the courier's thread; must be quick
     * @param nanos time that nobody can set, {@code System::nanoTime}
     */
    public Courier(
            CommandBook book,
            Whereabouts whereabouts,
            Post post,
            Consumer<Command> tidings,
            HubClock clock,
            LongSupplier nanos) {
        this.book = book;
        this.whereabouts = whereabouts;
        this.post = post;
        this.tidings = tidings;
        this.clock = clock;
        this.nanos = nanos;
        this.pausedUntil = nanos.getAsLong();
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "command-courier");
            made.setDaemon(true);
            return made;
        });
        thread.setKeepAliveTime(10, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    /** Begins, with what was left open when the hub ended. */
    public void start() {
        whereabouts.whenHeard(this::heard);
        tick();
    }

    /** A command was asked for: its time runs from now on. */
    public void asked(Command command, Duration time) {
        long now = nanos.getAsLong();
        spans.put(command.id(), new Span(now + time.toNanos(), now));
        tidings.accept(command);
        wake(command.device());
    }

    /** Something changed with a device's commands. */
    public void wake(String device) {
        due.put(device, new Turn(nanos.getAsLong()));
        look();
    }

    /** Whether it is still to be brought, or waited for, as far as is remembered. */
    public boolean isUnderWay(Command command) {
        return spans.containsKey(command.id()) || sentAt.containsKey(command.id());
    }

    /** Somebody else changed a command. */
    public void changed(Command command) {
        tidings.accept(command);
        if (!command.state().isOpen()) {
            spans.remove(command.id());
            sentAt.remove(command.id());
        }
        wake(command.device());
    }

    /** A device is awake now. Quick if it has no open commands. */
    public void heard(String device) {
        if (due.containsKey(device)) {
            long now = nanos.getAsLong();
            Long before = heardAt.get(device);
            // One that says something all the time is looked at once a second.
            if (before == null || now - before >= TICK.toNanos()) {
                heardAt.put(device, now);
                wake(device);
            }
        }
    }

    /** How many seconds are left of a command's time; none if it is up, or if the clock does not tell. */
    public long seconds(Command command) {
        return span(command)
                .map(span -> TimeUnit.NANOSECONDS.toSeconds(span.untilNanos() - nanos.getAsLong()))
                .filter(seconds -> seconds > 0)
                .orElse(0L);
    }

    /** Attends to whoever is due, soon. */
    public void look() {
        try {
            thread.execute(this::attendToAll);
        } catch (RejectedExecutionException e) {
            LOG.debug("command=not-now", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("command=still-sending");
        }
    }

    private void tick() {
        if (isTicking.compareAndSet(false, true)) {
            again();
        }
    }

    private void again() {
        try {
            thread.schedule(
                    () -> {
                        isTicking.set(false);
                        attendToAll();
                    },
                    TICK.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("command=stopped", e);
        }
    }

    private void attendToAll() {
        try {
            load();
            for (Map.Entry<String, Turn> entry : due.entrySet()) {
                if (entry.getValue().atNanos - nanos.getAsLong() <= 0
                        && !Thread.currentThread().isInterrupted()) {
                    attendTo(entry.getKey());
                }
            }
        } catch (RuntimeException e) {
            tell(String.valueOf(e.getMessage()));
        }
        if (!isLoaded || !due.isEmpty()) {
            tick();
        }
    }

    /** The database may be away at the start. */
    private void load() {
        if (!isLoaded) {
            long now = nanos.getAsLong();
            book.devices().forEach(device -> due.putIfAbsent(device, new Turn(now)));
            isLoaded = true;
        }
    }

    private void attendTo(String device) {
        Turn was = due.get(device);
        long next;
        try {
            next = attendTo(device, book.open(device));
        } catch (RuntimeException e) {
            due.put(device, new Turn(nanos.getAsLong() + PAUSE.toNanos()));
            throw e;
        }
        // What somebody woke it for meanwhile is not forgotten.
        if (next == Long.MAX_VALUE) {
            if (was != null && due.remove(device, was)) {
                heardAt.remove(device);
            }
        } else if (was != null) {
            due.replace(device, was, new Turn(next));
        }
    }

    /** Does what can be done now; when there is something to do again, {@link Long#MAX_VALUE} if nothing is open. */
    private long attendTo(String device, List<Command> open) {
        long next = Long.MAX_VALUE;
        boolean mayGo = true;
        for (Command command : open) {
            Optional<Span> known = span(command);
            long now = nanos.getAsLong();
            if (known.isEmpty()) {
                return now + PAUSE.toNanos();
            }
            Span span = known.get();
            if (clock.trust() != Trust.UNSURE) {
                putRight(command, span);
            }
            Optional<Long> later = attendTo(command, span, mayGo && now - pausedUntil >= 0);
            if (later.isPresent()) {
                next = Math.min(next, later.get());
                mayGo &= command.state() == State.DELIVERED;
            } else {
                spans.remove(command.id());
                sentAt.remove(command.id());
            }
        }
        return next;
    }

    /** When to look at it again; empty if it is over. */
    private Optional<Long> attendTo(Command command, Span span, boolean mayGo) {
        long now = nanos.getAsLong();
        boolean isOut = command.progress().attempts() > 0;
        long end = isOut ? Math.max(span.untilNanos(), span.sinceNanos()) + ANSWERING.toNanos() : span.untilNanos();
        if (end - now <= 0) {
            return over(change(command, is -> Course.expired(is, wall())));
        }
        if (command.state() == State.DELIVERED || span.untilNanos() - now < TimeUnit.SECONDS.toNanos(1)) {
            return Optional.of(end);
        }
        if (!command.order().way().isAcknowledged() && isOut) {
            return over(change(command, is -> Course.failed(is, UNKNOWN, wall())));
        }
        Long last = sentAt.get(command.id());
        if (last != null && last + AGAIN.toNanos() - now > 0) {
            return Optional.of(Math.min(end, last + AGAIN.toNanos()));
        }
        if (command.progress().taken() >= Course.MOST_ATTEMPTS) {
            String why = "it was sent " + Course.MOST_ATTEMPTS + " times, and the device never acknowledged it";
            return over(change(command, is -> Course.failed(is, why, wall())));
        }
        if (!mayGo || !isThere(command.device())) {
            return Optional.of(Math.min(end, now + AGAIN.toNanos()));
        }
        if (!post.isOpen()) {
            return Optional.of(Math.min(end, now + TICK.toNanos()));
        }
        return send(command, end);
    }

    private static final String UNKNOWN =
            "whether it went out is not known, since the hub or the broker stopped at that moment;"
                    + " a device of this kind would take a repeat for a new one, so it is not sent again";

    private Optional<Long> send(Command command, long end) {
        Optional<Instant> believed = clock.trust() == Trust.UNSURE ? Optional.empty() : Optional.of(wall());
        Optional<Command> noted = book.attempt(command.id(), wall(), believed);
        if (noted.isEmpty()) {
            return Optional.of(nanos.getAsLong());
        }
        Command now = noted.get();
        cut(now);
        long seconds = seconds(now);
        if (seconds < 1) {
            return Optional.of(nanos.getAsLong());
        }
        try {
            post.send(now, seconds);
        } catch (Post.NotSent e) {
            return notSent(now, e, end);
        }
        long sent = nanos.getAsLong();
        sentAt.put(command.id(), sent);
        tell("");
        Optional<Command> taken = change(now, is -> Course.taken(is, wall()));
        boolean isOver = taken.isPresent() && !taken.get().state().isOpen();
        return isOver ? Optional.empty() : Optional.of(Math.min(end, sent + AGAIN.toNanos()));
    }

    private Optional<Long> notSent(Command command, Post.NotSent failure, long end) {
        tell(String.valueOf(failure.getMessage()));
        pausedUntil = nanos.getAsLong() + PAUSE.toNanos();
        if (!command.order().way().isAcknowledged()) {
            if (failure.isPossible()) {
                return over(change(command, is -> Course.failed(is, UNKNOWN, wall())));
            }
            change(command, Course::notSent);
        }
        return Optional.of(Math.min(end, pausedUntil));
    }

    private boolean isThere(String device) {
        Presence is = whereabouts.of(device);
        Long heard = heardAt.get(device);
        boolean isAwake = heard != null && nanos.getAsLong() - heard <= AWAKE.toNanos();
        // One that is disabled may still be heard, at a broker whose accounts the hub does not manage.
        return is == Presence.ONLINE || (isAwake && is != Presence.DISABLED);
    }

    /** What is left of a command's time, measured from when it was made, or from when a believed clock was seen. */
    private Optional<Span> span(Command command) {
        Span known = spans.get(command.id());
        if (known != null) {
            return Optional.of(known);
        }
        if (clock.trust() == Trust.UNSURE) {
            return Optional.empty();
        }
        long now = nanos.getAsLong();
        Duration left = Duration.between(wall(), command.progress().expiresAt());
        Span span = new Span(now + left.toNanos(), now);
        spans.put(command.id(), span);
        return Optional.of(span);
    }

    /** Homelab devices take nothing older than five minutes, from when it was first sent. */
    private void cut(Command command) {
        if (command.order().way() == Way.IOT && command.progress().attempts() == 1) {
            long now = nanos.getAsLong();
            spans.computeIfPresent(
                    command.id(),
                    (id, span) -> new Span(
                            Math.min(span.untilNanos(), now + Course.IOT_FRESHNESS.toNanos()), span.sinceNanos()));
        }
    }

    /** The clock was set since the command was asked for: what the table says is moved, for the next start and for people. */
    private void putRight(Command command, Span span) {
        long leftNanos = span.untilNanos() - nanos.getAsLong();
        Duration by = Duration.between(command.progress().expiresAt(), wall().plusNanos(leftNanos));
        if (by.abs().compareTo(NOTICEABLE) > 0) {
            change(command, is -> Course.moved(is, by));
        }
    }

    private Optional<Command> change(Command command, java.util.function.Function<Command, Optional<Progress>> step) {
        Optional<Command> changed = book.change(command.id(), step);
        changed.ifPresent(tidings);
        return changed;
    }

    /** Whoever was faster has ended it, or moved it on; either way it is looked at no more in this round. */
    private Optional<Long> over(Optional<Command> changed) {
        return changed.isPresent() && changed.get().state().isOpen()
                ? Optional.of(nanos.getAsLong())
                : Optional.empty();
    }

    private Instant wall() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** One line for a change, not for a try. */
    private void tell(String now) {
        if (!now.equals(trouble)) {
            if (now.isEmpty()) {
                LOG.info("command=sent-again");
            } else {
                LOG.warn("command=waits reason=\"{}\"", now);
            }
        }
        trouble = now;
    }
}
