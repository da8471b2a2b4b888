package org.caravanhub.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps deliveries in a file of this machine, answers them, and brings them to a database elsewhere in the order in which they came.
 * Everything goes this way, always: the way that is needed in an emergency is the one that is used every day
 * (docs/decisions/0007-spool-first.md).
 */
public final class Spool implements Intake, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final int READ_AT_ONCE = 500;
    private static final long IDLE_MILLIS = 3000;

    private final Clock clock;
    private final SpoolFile file;
    private final SpoolTarget target;
    private final GroupCommit intake;
    private final GroupCommit tables;
    private final Map<Long, Promise> promises = new ConcurrentHashMap<>();
    private final Queue<Later> later = new ConcurrentLinkedQueue<>();
    private final Object grown = new Object();
    private final Thread drain;
    private volatile boolean closed;
    private volatile @Nullable String away;
    private volatile Instant awaySince;

    private record Later(long position, Runnable work) {}

    private Spool(
            SpoolFile file,
            PostgresDatabase database,
            CommitPolicy policy,
            UnaryOperator<Target> through,
            Clock clock) {
        this.clock = clock;
        this.awaySince = clock.instant();
        this.file = file;
        this.target = new SpoolTarget(file);
        this.intake = new GroupCommit(target, policy, Trouble.Of.SPOOL, clock);
        this.intake.addListener((stored, receipt) -> wake());
        QuarantineRoom quarantine = new QuarantineRoom(policy.quarantineRows(), policy.quarantineBytes());
        TableTarget rows = new TableTarget(database, quarantine, Optional.of(new Bookmark(file::run)));
        this.tables = new GroupCommit(through.apply(rows), policy.every(Duration.ZERO), Trouble.Of.ELSEWHERE, clock);
        this.drain = new Thread(this::drainForever, "spool-drain");
        drain.start();
    }

    /**
     * Opens the spool, makes it if it is missing, and begins to drain it.
     *
     * @param path the file
     * @throws UnusableDatabase if the file cannot be used
     */
    public static Spool open(Path path, PostgresDatabase database, CommitPolicy policy, Clock clock) {
        return open(path, database, policy, target -> target, clock);
    }

    /** One whose writer goes through what the function makes of the tables. */
    static Spool open(
            Path path, PostgresDatabase database, CommitPolicy policy, UnaryOperator<Target> through, Clock clock) {
        return new Spool(SpoolFile.open(path), database, policy, through, clock);
    }

    /** Who writes to the database elsewhere: tells listeners what is there now, and lends its connection. */
    public GroupCommit tables() {
        return tables;
    }

    /** Tells this listener from now on of what is kept here, long before it may be in the database elsewhere: nothing of it is decided. */
    public void addListener(CommitListener listener) {
        intake.addListener(listener);
    }

    /** How it is now. */
    public SpoolState state() {
        StoreState writer = tables.state();
        Optional<String> reason = writer.trouble().or(() -> Optional.ofNullable(away));
        Instant since = writer.trouble().isPresent() ? writer.since() : awaySince;
        return new SpoolState(
                file.waiting(), reason, since, file.path(), SqliteDatabase.sizeOf(file.path()), intake.state());
    }

    /**
     * A delivery with a deadline is answered with what became of it, if that is known soon; otherwise as kept. One that replaces
     * something goes to the database itself, or is refused: what it replaces is there.
     */
    @Override
    public void submit(Delivery delivery) throws InterruptedException {
        if (delivery.isReplacement()) {
            tables.submit(delivery);
            return;
        }
        intake.submit(delivery.hasDeadline() ? delivery.answeredBy(new Promise(delivery)) : delivery);
    }

    /** Does something once all that is here now is in the database elsewhere, on a thread of its own; not any more after a restart. */
    public void whenDrained(Runnable work) {
        later.add(new Later(file.last(), work));
        wake();
    }

    private void doWhatIsDue() {
        for (Later due : later) {
            if (file.drained() >= due.position && later.remove(due)) {
                Thread thread = new Thread(due.work, "spool-drained");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    @Override
    public void hurry() {
        intake.hurry();
    }

    @Override
    public AutoCloseable hurryForNow() {
        return intake.hurryForNow();
    }

    @Override
    public void sound(Runnable sign) {
        intake.sound(sign);
    }

    /** What is in the file is safe, so nothing waits for the database elsewhere. */
    @Override
    public void close() throws InterruptedException {
        intake.close();
        closed = true;
        tables.giveUp();
        wake();
        drain.interrupt();
        drain.join(Duration.ofSeconds(2).toMillis());
        tables.close();
        try {
            file.close();
        } catch (SQLException e) {
            LOG.warn("spool=close-failed reason=\"{}\"", e.getMessage());
        }
    }

    private void drainForever() {
        long position = file.drained();
        try {
            while (!closed) {
                List<SpoolFile.Waiting> next = next(position);
                for (SpoolFile.Waiting waiting : next) {
                    tables.submit(delivery(waiting));
                    position = waiting.lastPosition();
                }
                if (next.isEmpty() && !awaitMore(position)) {
                    tidyUp();
                }
                doWhatIsDue();
            }
        } catch (InterruptedException e) {
            LOG.debug("spool drain ends");
        }
    }

    private List<SpoolFile.Waiting> next(long position) {
        try {
            return position < file.last() ? file.after(position, READ_AT_ONCE) : List.of();
        } catch (SQLException | RuntimeException e) {
            note(e.getMessage());
            return List.of();
        }
    }

    private Delivery delivery(SpoolFile.Waiting waiting) {
        SpoolCodec.Content content = waiting.content();
        Delivery delivery = new Delivery(
                content.flow(), content.step(), content.outcomes(), 0, content.history(), new Drained(waiting));
        delivery.standsAt(waiting.position());
        return delivery;
    }

    /** Whether there is more now; otherwise nothing came for a while. */
    private boolean awaitMore(long position) throws InterruptedException {
        synchronized (grown) {
            if (!closed && position >= file.last()) {
                grown.wait(IDLE_MILLIS);
            } else if (!closed) {
                // It is there and could not be read.
                grown.wait(IDLE_MILLIS);
                return false;
            }
        }
        return position < file.last();
    }

    private void wake() {
        synchronized (grown) {
            grown.notifyAll();
        }
    }

    /** While nothing comes: takes out what is drained, and looks whether the database is there, so that it can be told before it matters. */
    private void tidyUp() {
        try {
            if (target.hasDrained()) {
                intake.lend(connection -> true);
            }
        } catch (SQLException e) {
            LOG.debug("spool not tidied", e);
        }
        try {
            tables.lend(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("select 1");
                }
            });
            note(null);
        } catch (SQLException | RuntimeException e) {
            note(e.getMessage());
        }
    }

    private void note(@Nullable String reason) {
        if ((away == null) != (reason == null)) {
            awaySince = clock.instant();
            if (reason == null) {
                LOG.info("database=there");
            } else {
                LOG.warn("database=away reason=\"{}\" \"what comes waits in the spool\"", reason);
            }
        }
        away = reason;
    }

    /** The database elsewhere has it. */
    private final class Drained implements Delivery.Answer {
        private final SpoolFile.Waiting waiting;

        Drained(SpoolFile.Waiting waiting) {
            this.waiting = waiting;
        }

        @Override
        public void stored(Receipt receipt) {
            file.drained(waiting.lastPosition());
            Promise promise = promises.remove(waiting.position());
            if (promise != null) {
                promise.keep(receipt);
            }
            if (away != null) {
                note(null);
            }
        }

        @Override
        public void refused(StoreBusy reason) {
            // The hub stops; it is read again at the next start.
        }
    }

    /** Somebody waits to be told what became of a delivery, but not for long. */
    private final class Promise implements Delivery.Answer {
        private static final Duration PATIENCE = Duration.ofSeconds(2);

        private final Delivery delivery;
        private final java.util.concurrent.CompletableFuture<Receipt> decided =
                new java.util.concurrent.CompletableFuture<>();
        private volatile long position;

        Promise(Delivery delivery) {
            this.delivery = delivery;
        }

        @Override
        public void placed(long at) {
            promises.remove(position);
            position = at;
            promises.put(at, this);
        }

        @Override
        public void stored(Receipt kept) {
            Duration patience = state().away().isPresent() ? Duration.ZERO : delivery.patience(PATIENCE);
            decided.completeOnTimeout(kept, patience.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                    .thenAccept(receipt -> {
                        promises.remove(position);
                        delivery.stored(receipt);
                    });
        }

        @Override
        public void refused(StoreBusy reason) {
            promises.remove(position);
            delivery.refused(reason);
        }

        void keep(Receipt receipt) {
            decided.complete(receipt);
        }
    }
}
