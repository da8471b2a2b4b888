package org.caravanhub.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer. Takes the deliveries that wait, writes them in one transaction, commits with {@code synchronous=FULL}, and only
 * then answers them, so that a message is acknowledged after it is safe and a hundred messages share the price of one commit.
 *
 * <p>A database that is locked, full or away stops the answers, not the process: the same transaction is tried again until it
 * succeeds, deliveries wait, and then the brokers do. A single outcome that the database refuses goes to quarantine and takes
 * nobody with it.
 */
public final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Target target;
    private final CommitPolicy policy;
    private final Clock clock;
    private final DeliveryQueue queue = new DeliveryQueue();
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread writer;

    /** Whose turn it is to write: fair, so that upkeep and deliveries take turns. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile @Nullable String trouble;
    private volatile Instant since;
    private volatile boolean abandoned;
    private volatile long commits;
    private volatile long commitNanos;
    private volatile long outcomes;

    /** Starts the writer thread on the tables of this database. */
    public GroupCommit(Database database, CommitPolicy policy, Clock clock) {
        this(
                new TableTarget(database, new QuarantineRoom(policy.quarantineRows(), policy.quarantineBytes())),
                policy,
                clock);
    }

    GroupCommit(Target target, CommitPolicy policy, Clock clock) {
        this.target = target;
        this.policy = policy;
        this.clock = clock;
        this.since = clock.instant();
        this.writer = new Thread(this::writeForever, "store-writer");
        writer.start();
    }

    /** Tells this listener of every commit from now on. */
    public void addListener(CommitListener listener) {
        listeners.add(listener);
    }

    /** How it is now. */
    public StoreState state() {
        return new StoreState(Optional.ofNullable(trouble), since, queue.size(), commits, commitNanos, outcomes);
    }

    /** Waits for room, then queues it; the answer comes from the writer thread. */
    void submit(Delivery delivery) throws InterruptedException {
        if (!queue.put(delivery)) {
            delivery.refused(new StoreBusy(whyNot()));
        }
    }

    /** The hub is about to stop: what waits for others to share its commit is written now, and what comes at once. */
    public void hurry() {
        queue.hurry();
    }

    /** Writes what waits, for at most five seconds, and stops. What could not be written was not acknowledged and comes again. */
    @Override
    public void close() throws InterruptedException {
        queue.close();
        writer.join(Duration.ofSeconds(5).toMillis());
        abandoned = true;
        writer.interrupt();
        writer.join(Duration.ofSeconds(2).toMillis());
    }

    /**
     * Writes something else between two commits, in a transaction of its own: upkeep, salvage. It must be short, since no message is
     * acknowledged meanwhile.
     *
     * @throws SQLException if nothing of it was kept
     */
    public <T> T lend(Target.Work<T> work) throws SQLException {
        turn.lock();
        try {
            return target.lend(work);
        } catch (SQLException | RuntimeException e) {
            target.undo();
            throw e;
        } finally {
            turn.unlock();
        }
    }

    private void writeForever() {
        List<Delivery> batch = new ArrayList<>();
        CommitBudget budget = new CommitBudget(policy, System.nanoTime());
        try {
            while (queue.takeInto(batch, policy.maxOutcomes(), budget)) {
                commit(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            LOG.warn("store=stopped unwritten={} \"was not acknowledged and will come again\"", batch.size());
        } finally {
            refuse(batch, "the hub is stopping");
            target.disconnect();
        }
    }

    /** Returns when every delivery of the batch is answered. */
    private void commit(List<Delivery> batch) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (!batch.isEmpty()) {
            Optional<Exception> failure = attempt(batch);
            if (failure.isEmpty()) {
                return;
            }
            if (isAboutWhatItWasGiven(failure.get()) && commitParts(batch, failure.get())) {
                return;
            }
            inTrouble(failure.get());
            refuseOverdue(batch);
            Thread.sleep(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Tries to write the batch; answers it and returns nothing when that went well. */
    private Optional<Exception> attempt(List<Delivery> batch) {
        turn.lock();
        try {
            long start = System.nanoTime();
            target.write(batch);
            commits++;
            commitNanos += System.nanoTime() - start;
            outcomes += target.receipt().received();
        } catch (SQLException | RuntimeException e) {
            target.undo();
            return Optional.of(e);
        } finally {
            turn.unlock();
        }
        outOfTrouble();
        batch.forEach(Delivery::stored);
        tellListeners();
        return Optional.empty();
    }

    /** A listener's mistake must not end the writing. */
    private void tellListeners() {
        for (CommitListener listener : listeners) {
            try {
                listener.committed(target.stored(), target.receipt());
            } catch (RuntimeException e) {
                LOG.error("store=listener-failed reason=\"{}\" \"what it shows may be behind\"", e.toString());
            }
        }
    }

    /**
     * Finds the outcome that cannot be stored, by writing what the batch is made of one by one, and sets it aside.
     *
     * @return false if there is nothing to take apart or set aside any more
     */
    private boolean commitParts(List<Delivery> batch, Exception failure) throws InterruptedException {
        if (batch.size() > 1) {
            for (Delivery delivery : batch) {
                commit(new ArrayList<>(List.of(delivery)));
            }
            return true;
        }
        Delivery delivery = batch.get(0);
        List<Delivery> parts = delivery.outcomes().size() > 1
                ? delivery.outcomes().stream().map(delivery::part).toList()
                : refusal(delivery, failure).map(delivery::part).stream().toList();
        Tally sum = new Tally();
        for (Delivery part : parts) {
            commit(new ArrayList<>(List.of(part)));
            sum.add(part.tally);
        }
        if (parts.isEmpty()) {
            return false;
        }
        delivery.tally.clear();
        delivery.tally.add(sum);
        delivery.stored();
        return true;
    }

    /** What is kept in the place of a reading that cannot be stored; nothing if that is what failed. */
    private static Optional<Malformed> refusal(Delivery delivery, Exception failure) {
        if (!(delivery.outcomes().get(0) instanceof Reading reading)) {
            return Optional.empty();
        }
        String reason = failure instanceof SQLException
                ? "the database refused it: " + failure.getMessage()
                : "storing it failed: " + failure;
        return Optional.of(Transaction.refused(reading, Malformed.Cause.FLOW_FAILED, reason));
    }

    /** Whether the database is fine, and only dislikes what it was given; or the program does, which is a mistake of ours. */
    private boolean isAboutWhatItWasGiven(Exception e) {
        return !(e instanceof SQLException sql) || target.failure(sql) == Dialect.Failure.ONE_ROW;
    }

    private void inTrouble(Exception e) throws InterruptedException {
        if (abandoned) {
            throw new InterruptedException();
        }
        if (!(e instanceof SQLException sql) || target.failure(sql) != Dialect.Failure.BUSY) {
            // After an I/O error nothing that this connection remembers can be trusted.
            target.disconnect();
        }
        if (trouble == null) {
            since = clock.instant();
            LOG.warn("store=blocked reason=\"{}\" \"nothing is acknowledged until this is over\"", e.getMessage());
        }
        trouble = String.valueOf(e.getMessage());
    }

    private void outOfTrouble() {
        if (trouble != null) {
            LOG.info("store=going-again after={}", Duration.between(since, clock.instant()));
            trouble = null;
            since = clock.instant();
        }
    }

    private void refuseOverdue(List<Delivery> batch) {
        long now = System.nanoTime();
        List<Delivery> overdue = new ArrayList<>(queue.removeOverdue(now));
        for (Delivery delivery : batch) {
            if (delivery.isOverdue(now)) {
                overdue.add(delivery);
            }
        }
        batch.removeAll(overdue);
        refuse(overdue, whyNot());
    }

    private static void refuse(List<Delivery> deliveries, String why) {
        for (Delivery delivery : deliveries) {
            delivery.refused(new StoreBusy(why));
        }
    }

    private String whyNot() {
        String reason = trouble;
        return reason == null ? "the store is behind" : "the database says " + reason;
    }
}
