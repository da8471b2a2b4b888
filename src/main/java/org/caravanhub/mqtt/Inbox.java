package org.caravanhub.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages that came and are not settled yet: those that wait, and those that were taken and are being worked on. When they
 * are too many or too large, reading pauses until half of them are settled; so memory is bounded whatever the broker sends.
 * Brokers cannot be relied on for that: Mosquitto 2.0.11 does not keep to the receive maximum. For use by several threads.
 */
final class Inbox {
    private final int maxMessages;
    private final long maxBytes;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();

    private int pending;
    private long pendingBytes;
    private boolean full;
    private boolean woken;
    private boolean closed;

    Inbox(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Adds what came, and tells whether it is full now, so that reading has to pause. */
    synchronized boolean add(List<Delivery> deliveries) {
        for (int i = 0; i < deliveries.size(); i++) {
            Delivery delivery = deliveries.get(i);
            waiting.add(delivery);
            pendingBytes += weight(delivery);
        }
        pending += deliveries.size();
        full |= pending >= maxMessages || pendingBytes >= maxBytes;
        notifyAll();
        return full;
    }

    /**
     * Takes what waits, up to so many and all of one connection; waits until there is something. Empty when woken or closed.
     */
    synchronized List<Delivery> take(int most) throws InterruptedException {
        while (waiting.isEmpty() && !woken && !closed) {
            wait();
        }
        if (woken || closed) {
            woken = false;
            return List.of();
        }
        List<Delivery> taken = new ArrayList<>(Math.min(most, waiting.size()));
        Acks connection = waiting.element().acks();
        while (taken.size() < most && !waiting.isEmpty() && waiting.element().acks() == connection) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** These were taken and are done with. Tells whether reading may go on after a pause. */
    synchronized boolean settle(List<Delivery> deliveries) {
        for (int i = 0; i < deliveries.size(); i++) {
            pendingBytes -= weight(deliveries.get(i));
        }
        pending -= deliveries.size();
        if (full && pending <= maxMessages / 2 && pendingBytes <= maxBytes / 2) {
            full = false;
            return true;
        }
        if (closed && pending == waiting.size()) {
            notifyAll();
        }
        return false;
    }

    /** Makes {@link #take} return, empty, so that its caller can see to something else first. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Hands out nothing more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** After {@link #close}: waits until all that was taken is settled, and tells whether it is. */
    synchronized boolean awaitSettled(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (pending > waiting.size()) {
            long leftMs = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized boolean isFull() {
        return full;
    }

    synchronized int pending() {
        return pending;
    }

    private static long weight(Delivery delivery) {
        // The objects around a payload weigh about as much as a small payload.
        return delivery.message().payload().length + 200L;
    }
}
