package org.caravanhub.store;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;

/**
 * Tells flows that start from {@code store:} what was committed. The writer only puts it into their queues and never waits for them;
 * when no flow starts so, a commit costs one look at an empty list.
 */
public final class LiveReadings implements CommitListener {
    private final List<LiveQueue> queues = new CopyOnWriteArrayList<>();

    @Override
    public void committed(List<Reading> stored, Receipt receipt) {
        if (queues.isEmpty() || stored.isEmpty()) {
            return;
        }
        for (LiveQueue queue : queues) {
            queue.offer(stored);
        }
    }

    /** How each of the flows keeps up, ordered by flow. */
    public List<LiveState> states() {
        return queues.stream()
                .map(LiveQueue::state)
                .sorted(Comparator.comparing(LiveState::flow))
                .toList();
    }

    void add(LiveQueue queue) {
        queues.add(queue);
    }

    void remove(LiveQueue queue) {
        queues.remove(queue);
    }

    /** These come from that flow itself: told to it, it would make more of them for ever. */
    void leaveOut(String flow, List<? extends Outcome> own) {
        for (LiveQueue queue : queues) {
            if (queue.flow().equals(flow)) {
                queue.leaveOut(own);
            }
        }
    }
}
