package org.caravanhub.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deliveries that wait for the writer, bounded by what they hold in memory: who gives more waits, and so stops reading from the
 * broker. Any thread may give, one thread takes.
 */
final class DeliveryQueue {
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasRoom = lock.newCondition();
    private final Condition hasDeliveries = lock.newCondition();
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private long bytes;
    private int outcomes;
    /** How many of them are not to wait: somebody waits for the answer, or thousands more are to come. */
    private int urgent;

    private long firstAt;
    private long lastAt = System.nanoTime() - Duration.ofDays(1).toNanos();
    private boolean afterQuiet;

    /** How many want nothing to wait for others. */
    private int hurried;

    private boolean woken;
    private boolean closed;

    /**
     * Adds it as soon as there is room; one that is larger than all the room goes alone.
     *
     * @return false if it is overdue before there was room, or the queue is closed
     */
    boolean put(Delivery delivery) throws InterruptedException {
        long weight = delivery.weightBytes();
        lock.lockInterruptibly();
        try {
            while (!closed && !waiting.isEmpty() && bytes + weight > MAX_BYTES) {
                if (delivery.isOverdue(System.nanoTime())) {
                    return false;
                }
                hasRoom.await(100, TimeUnit.MILLISECONDS);
            }
            if (closed) {
                return false;
            }
            noteArrival(System.nanoTime());
            waiting.add(delivery);
            count(delivery, 1);
            hasDeliveries.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a first delivery, then for more until the budget allows a commit or something cannot wait, and moves up to about
     * {@code maxOutcomes} into the batch. Moves none if it is {@linkplain #wake woken} meanwhile.
     *
     * @return false if the queue is closed and empty
     */
    boolean takeInto(List<Delivery> batch, int maxOutcomes, CommitBudget budget) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !woken) {
                if (closed) {
                    return false;
                }
                hasDeliveries.await();
            }
            long left = woken ? 0 : waitNanos(budget);
            while (left > 0) {
                hasDeliveries.awaitNanos(left);
                left = woken ? 0 : waitNanos(budget);
            }
            if (woken) {
                woken = false;
                return true;
            }
            CommitBudget.Waiting before = waiting();
            int taken = 0;
            while (!waiting.isEmpty() && taken < maxOutcomes) {
                Delivery delivery = waiting.remove();
                taken += delivery.outcomes().size();
                count(delivery, -1);
                batch.add(delivery);
            }
            budget.spend(before, taken, System.nanoTime());
            hasRoom.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what waited too long, to be told so. */
    List<Delivery> removeOverdue(long nowNanos) {
        lock.lock();
        try {
            List<Delivery> overdue = waiting.stream()
                    .filter(delivery -> delivery.isOverdue(nowNanos))
                    .toList();
            for (Delivery delivery : overdue) {
                waiting.remove(delivery);
                count(delivery, -1);
            }
            hasRoom.signalAll();
            return overdue;
        } finally {
            lock.unlock();
        }
    }

    /** Lets who takes look up once, without anything to take. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            hasDeliveries.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From now on, until it is closed, nothing waits for others to share its commit. */
    AutoCloseable hurry() {
        hurry(1);
        return () -> hurry(-1);
    }

    private void hurry(int more) {
        lock.lock();
        try {
            hurried += more;
            hasDeliveries.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what is in it can still be taken out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            hasDeliveries.signalAll();
            hasRoom.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private long waitNanos(CommitBudget budget) {
        return hurried > 0 || closed || urgent > 0 || bytes > MAX_BYTES / 2
                ? 0
                : budget.waitNanos(waiting(), System.nanoTime());
    }

    private CommitBudget.Waiting waiting() {
        return new CommitBudget.Waiting(outcomes, firstAt, lastAt, afterQuiet);
    }

    private void noteArrival(long nowNanos) {
        if (waiting.isEmpty()) {
            firstAt = nowNanos;
            afterQuiet = CommitBudget.isQuiet(nowNanos - lastAt);
        }
        lastAt = nowNanos;
    }

    private void count(Delivery delivery, int sign) {
        bytes += sign * delivery.weightBytes();
        outcomes += sign * delivery.outcomes().size();
        urgent += delivery.hasDeadline() || delivery.isHistory() ? sign : 0;
    }
}
