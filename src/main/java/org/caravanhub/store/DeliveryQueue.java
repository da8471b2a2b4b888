package org.caravanhub.store;

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
            waiting.add(delivery);
            bytes += weight;
            hasDeliveries.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a first delivery, then for more until {@code lingerNanos} have passed since or history waits, and moves up to
     * about {@code maxOutcomes} into the batch.
     *
     * @return false if the queue is closed and empty
     */
    boolean takeInto(List<Delivery> batch, int maxOutcomes, long lingerNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                if (closed) {
                    return false;
                }
                hasDeliveries.await();
            }
            long left = lingerNanos;
            while (left > 0 && !closed && outcomesWaiting(maxOutcomes) < maxOutcomes) {
                left = hasDeliveries.awaitNanos(left);
            }
            int outcomes = 0;
            while (!waiting.isEmpty() && outcomes < maxOutcomes) {
                Delivery delivery = waiting.remove();
                outcomes += delivery.outcomes().size();
                bytes -= delivery.weightBytes();
                batch.add(delivery);
            }
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
                bytes -= delivery.weightBytes();
            }
            hasRoom.signalAll();
            return overdue;
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

    private int outcomesWaiting(int enough) {
        int outcomes = 0;
        for (Delivery delivery : waiting) {
            outcomes += delivery.isHistory() ? enough : delivery.outcomes().size();
            if (outcomes >= enough) {
                break;
            }
        }
        return outcomes;
    }
}
