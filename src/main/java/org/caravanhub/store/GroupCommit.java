package org.caravanhub.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

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

    private final Database database;
    private final CommitPolicy policy;
    private final Clock clock;
    private final DeliveryQueue queue = new DeliveryQueue();
    private final Transaction transaction;
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread writer = new Thread(this::writeForever, "store-writer");

    private @Nullable Statements statements;
    private boolean isOpen;
    private volatile @Nullable String trouble;
    private volatile Instant since;
    private volatile boolean abandoned;
    private volatile long commits;
    private volatile long commitNanos;
    private volatile long outcomes;

    /** Starts the writer thread. */
    public GroupCommit(Database database, CommitPolicy policy, Clock clock) {
        this.database = database;
        this.policy = policy;
        this.clock = clock;
        this.since = clock.instant();
        this.transaction = new Transaction(new QuarantineRoom(policy.quarantineRows(), policy.quarantineBytes()));
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

    /** Writes what waits, for at most five seconds, and stops. What could not be written was not acknowledged and comes again. */
    @Override
    public void close() throws InterruptedException {
        queue.close();
        writer.join(Duration.ofSeconds(5).toMillis());
        abandoned = true;
        writer.interrupt();
        writer.join(Duration.ofSeconds(2).toMillis());
    }

    private void writeForever() {
        List<Delivery> batch = new ArrayList<>();
        try {
            while (queue.takeInto(batch, policy.maxOutcomes(), policy.linger().toNanos())) {
                commit(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            LOG.warn("store=stopped unwritten={} \"was not acknowledged and will come again\"", batch.size());
        } finally {
            refuse(batch, "the hub is stopping");
            disconnect();
        }
    }

    /** Returns when every delivery of the batch is answered. */
    private void commit(List<Delivery> batch) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (!batch.isEmpty()) {
            try {
                writeOnce(batch);
                return;
            } catch (SQLException e) {
                rollBack();
                if (isAboutOneRow(e)) {
                    commitOneByOne(batch);
                    return;
                }
                inTrouble(e);
            }
            refuseOverdue(batch);
            Thread.sleep(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    private void writeOnce(List<Delivery> batch) throws SQLException {
        long start = System.nanoTime();
        Statements connected = connected();
        connected.begin();
        isOpen = true;
        transaction.write(batch, connected);
        connected.commit();
        isOpen = false;
        transaction.committed();
        outOfTrouble();
        Receipt receipt = transaction.receipt();
        commits++;
        commitNanos += System.nanoTime() - start;
        outcomes += receipt.received();
        for (Delivery delivery : batch) {
            delivery.stored();
        }
        for (CommitListener listener : listeners) {
            listener.committed(transaction.stored(), receipt);
        }
    }

    /** Finds the outcome that the database refuses, sets it aside, and stores all others. */
    private void commitOneByOne(List<Delivery> batch) throws InterruptedException {
        for (Delivery delivery : batch) {
            Tally sum = new Tally();
            for (Outcome outcome : delivery.outcomes()) {
                sum.add(commitAlone(outcome, delivery));
            }
            delivery.tally.clear();
            delivery.tally.add(sum);
            delivery.stored();
        }
    }

    private Tally commitAlone(Outcome outcome, Delivery delivery) throws InterruptedException {
        Delivery alone = Delivery.unanswered(delivery.flow(), delivery.step(), List.of(outcome));
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                writeOnce(List.of(alone));
                return alone.tally;
            } catch (SQLException e) {
                rollBack();
                if (isAboutOneRow(e) && outcome instanceof Reading reading) {
                    String reason = "the database refused it: " + e.getMessage();
                    Malformed refused = Transaction.refused(reading, Malformed.Cause.FLOW_FAILED, reason);
                    return commitAlone(refused, delivery);
                }
                inTrouble(e);
            }
            Thread.sleep(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    private Statements connected() throws SQLException {
        Statements current = statements;
        if (current == null) {
            Connection connection = database.openWriter();
            current = new Statements(connection);
            statements = current;
        }
        return current;
    }

    private void rollBack() {
        transaction.rolledBack();
        Statements current = statements;
        try {
            if (current != null && isOpen) {
                current.rollBack();
            }
        } catch (SQLException e) {
            // SQLite rolls back by itself after some errors; a fresh connection is sure to have no transaction.
            disconnect();
        }
        isOpen = false;
    }

    private void disconnect() {
        Statements current = statements;
        statements = null;
        try {
            if (current != null) {
                current.close();
            }
        } catch (SQLException e) {
            LOG.warn("store=close-failed reason=\"{}\"", e.getMessage());
        }
    }

    private void inTrouble(SQLException e) throws InterruptedException {
        if (abandoned) {
            throw new InterruptedException();
        }
        if (!isBusy(e)) {
            // After an I/O error nothing that this connection remembers can be trusted.
            disconnect();
        }
        if (trouble == null) {
            since = clock.instant();
            LOG.warn("store=blocked reason=\"{}\" \"nothing is acknowledged until this is over\"", e.getMessage());
        }
        trouble = e.getMessage();
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

    private static boolean isBusy(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    /** Whether the database is fine, and only dislikes what it was given. */
    private static boolean isAboutOneRow(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return false;
        }
        int code = sqlite.getResultCode().code & 0xff;
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || code == SQLiteErrorCode.SQLITE_MISMATCH.code
                || code == SQLiteErrorCode.SQLITE_TOOBIG.code
                || code == SQLiteErrorCode.SQLITE_RANGE.code;
    }
}
