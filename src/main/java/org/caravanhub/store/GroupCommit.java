package org.caravanhub.store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Understood;
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
public final class GroupCommit implements Intake, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    /** SQLSTATE of a connection that failed. */
    private static final String LOST = "08006";

    private final Target target;
    private final Trouble trouble;
    private final CommitPolicy policy;
    private final DeliveryQueue queue = new DeliveryQueue();
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread writer;

    /** Whose turn it is to write: fair, so that upkeep and deliveries take turns. */
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Who wants a sign of life. */
    private final Queue<Runnable> soundings = new ConcurrentLinkedQueue<>();

    private volatile boolean isMended;
    private volatile Consumer<String> whenDamaged = reason -> {};
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
        this(target, policy, Trouble.Of.STORE, clock);
    }

    GroupCommit(Target target, CommitPolicy policy, Trouble.Of whose, Clock clock) {
        this.target = target;
        this.trouble = new Trouble(whose, clock);
        this.policy = policy;
        this.writer = new Thread(this::writeForever, trouble.name() + "-writer");
        writer.start();
    }

    /** Tells this listener of every commit from now on. */
    public void addListener(CommitListener listener) {
        listeners.add(listener);
    }

    /** Lets this do something about a database whose content makes no sense; it is told on the writer thread, what is wrong. */
    void whenDamaged(Consumer<String> repair) {
        whenDamaged = repair;
    }

    /** How it is now. */
    public StoreState state() {
        return new StoreState(trouble.reason(), trouble.since(), queue.size(), commits, commitNanos, outcomes);
    }

    /** Waits for room, then queues it; the answer comes from the writer thread. */
    @Override
    public void submit(Delivery delivery) throws InterruptedException {
        if (!queue.put(delivery)) {
            delivery.refused(new StoreBusy(trouble.whyNot()));
        }
    }

    @Override
    public void hurry() {
        queue.hurry();
    }

    @Override
    public AutoCloseable hurryForNow() {
        return queue.hurry();
    }

    @Override
    public void sound(Runnable sign) {
        soundings.add(sign);
        if (isMended) {
            giveSigns(); // The writer waits for that, for minutes perhaps.
        }
        queue.wake();
    }

    private void giveSigns() {
        for (Runnable sign = soundings.poll(); sign != null; sign = soundings.poll()) {
            sign.run();
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
        } catch (SQLException e) {
            target.undo();
            if (target.failure(e) == Dialect.Failure.AWAY) {
                target.disconnect();
            }
            throw e;
        } catch (RuntimeException e) {
            target.undo();
            throw e;
        } finally {
            turn.unlock();
        }
    }

    /**
     * Does this while nothing is written and the writer has no connection; what was remembered of the tables is forgotten.
     *
     * @param before is shown the writer's connection first, if there is one, outside of any transaction
     */
    void disconnected(Target.Look before, Readers.Work work) throws IOException, SQLException {
        turn.lock();
        try {
            isMended = true;
            target.undo();
            target.peek(before);
            target.disconnect();
            work.run();
        } finally {
            isMended = false;
            turn.unlock();
        }
    }

    /** What cannot be written now is kept elsewhere: closing is not to wait for it. */
    void giveUp() {
        abandoned = true;
    }

    private void writeForever() {
        List<Delivery> batch = new ArrayList<>();
        CommitBudget budget = new CommitBudget(policy, System.nanoTime());
        try {
            while (queue.takeInto(batch, policy.maxOutcomes(), budget)) {
                commit(batch);
                batch.clear();
                giveSigns();
            }
        } catch (InterruptedException e) {
            LOG.warn("{}=stopped unwritten={} \"will come again\"", trouble.name(), batch.size());
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
            giveSigns();
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
        } catch (AssertionError e) {
            // Where Java's assertions are on, PostgreSQL's driver throws this when its connection dies under it.
            target.undo();
            return Optional.of(new SQLException("the driver came upon a dead connection: " + e.getMessage(), LOST, e));
        } finally {
            turn.unlock();
        }
        trouble.over();
        batch.forEach(Delivery::stored);
        tellListeners(batch);
        return Optional.empty();
    }

    /** A listener's mistake must not end the writing. */
    private void tellListeners(List<Delivery> batch) {
        for (CommitListener listener : listeners) {
            try {
                for (int i = 0; i < batch.size(); i++) {
                    Delivery delivery = batch.get(i);
                    if (delivery.isNews()) {
                        listener.heard(delivery.outcomes());
                    }
                }
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
            // Halves, since one of thousands is wrong and each commit has its price.
            int half = batch.size() / 2;
            commit(new ArrayList<>(batch.subList(0, half)));
            commit(new ArrayList<>(batch.subList(half, batch.size())));
            return true;
        }
        Delivery delivery = batch.get(0);
        if (delivery.isReplacement()) {
            // Taken apart it would not be one commit any more. What it was to replace stays as it is.
            refuse(batch, "the database refused it: " + Trouble.inOneLine(failure));
            return true;
        }
        List<Delivery> parts = delivery.outcomes().size() > 1
                ? parts(delivery)
                : refusal(delivery, failure).map(instead -> delivery.part(0, instead)).stream()
                        .toList();
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

    private static List<Delivery> parts(Delivery delivery) {
        List<Delivery> parts = new ArrayList<>();
        for (Outcome outcome : delivery.outcomes()) {
            parts.add(delivery.part(parts.size(), outcome));
        }
        return parts;
    }

    /** What is kept in the place of something understood that cannot be stored; nothing if that is what failed. */
    private static Optional<Malformed> refusal(Delivery delivery, Exception failure) {
        if (!(delivery.outcomes().get(0) instanceof Understood understood)) {
            return Optional.empty();
        }
        String reason = failure instanceof SQLException
                ? "the database refused it: " + Trouble.inOneLine(failure)
                : "storing it failed: " + failure;
        return Optional.of(Transaction.refused(understood, Malformed.Cause.FLOW_FAILED, reason));
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
        trouble.because(e);
        if (e instanceof SQLException sql && target.failure(sql) == Dialect.Failure.DAMAGED) {
            whenDamaged.accept(Trouble.inOneLine(e));
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
        refuse(overdue, trouble.whyNot());
    }

    private static void refuse(List<Delivery> deliveries, String why) {
        for (Delivery delivery : deliveries) {
            delivery.refused(new StoreBusy(why));
        }
    }
}
