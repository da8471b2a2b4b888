package org.caravanhub.store;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/** What waits for one flow, bounded: when it is full the oldest goes. The writer puts, the flow's thread takes; neither waits for the other. */
final class LiveQueue {
    /** Of a busy hub, some seconds. */
    static final int MOST = 1000;

    private static final int MOST_OWN = 10_000;

    private final String flow;
    private final Predicate<Reading> wanted;
    private final ArrayDeque<Reading> waiting = new ArrayDeque<>();
    private final Set<Key> own = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > MOST_OWN;
        }
    });
    private long told;
    private long leftOut;
    private boolean closed;

    /** What makes a reading the same as another. */
    private record Key(Source source, Instant measuredAt) {
        static Key of(Reading reading) {
            return new Key(reading.source(), reading.measuredAt());
        }
    }

    /** @param wanted asked for every reading, on the writer's thread */
    LiveQueue(String flow, Predicate<Reading> wanted) {
        this.flow = flow;
        this.wanted = wanted;
    }

    String flow() {
        return flow;
    }

    synchronized void offer(List<Reading> stored) {
        for (int i = 0; i < stored.size(); i++) {
            Reading reading = stored.get(i);
            if (wanted.test(reading) && (own.isEmpty() || !own.remove(Key.of(reading)))) {
                if (waiting.size() == MOST) {
                    waiting.removeFirst();
                    leftOut++;
                }
                waiting.addLast(reading);
            }
        }
        notifyAll();
    }

    /** Leaves these out when they come. */
    synchronized void leaveOut(List<? extends Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Reading reading && wanted.test(reading)) {
                own.add(Key.of(reading));
            }
        }
    }

    /** Waits for the next; nothing when it is closed. */
    synchronized Optional<Reading> take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            return Optional.empty();
        }
        told++;
        return Optional.of(waiting.removeFirst());
    }

    synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }

    synchronized LiveState state() {
        return new LiveState(flow, waiting.size(), told, leftOut);
    }
}
