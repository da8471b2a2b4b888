package org.caravanhub.store;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;

/**
 * What a flow gave to the store in one go, and who wants to know what became of it. Answered exactly once, by whichever thread
 * comes first: the writer after the commit, or the writer when it took too long.
 */
final class Delivery {
    /** Told when it is over: a receipt after the commit, or the reason why it was not stored. */
    interface Answer {
        /** Nobody asks. */
        Answer NONE = new Answer() {
            @Override
            public void stored(Receipt receipt) {}

            @Override
            public void refused(StoreBusy reason) {}
        };

        void stored(Receipt receipt);

        void refused(StoreBusy reason);
    }

    private final String flow;
    private final String step;
    private final List<? extends Outcome> outcomes;
    private final long weightBytes;
    private final long deadlineNanos;
    private final Answer answer;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** Filled in by the writer: what became of {@code outcomes}, in the transaction at hand. */
    final Tally tally = new Tally();

    /** @param deadlineNanos by {@link System#nanoTime}; 0 to wait as long as it takes */
    Delivery(String flow, String step, List<? extends Outcome> outcomes, long deadlineNanos, Answer answer) {
        this.flow = flow;
        this.step = step;
        this.outcomes = outcomes;
        this.weightBytes = weigh(outcomes);
        this.deadlineNanos = deadlineNanos;
        this.answer = answer;
    }

    /** One of its outcomes, or what takes its place, as a delivery that nobody waits for. */
    Delivery part(Outcome outcome) {
        return new Delivery(flow, step, List.of(outcome), 0, Answer.NONE);
    }

    String flow() {
        return flow;
    }

    String step() {
        return step;
    }

    List<? extends Outcome> outcomes() {
        return outcomes;
    }

    /** Roughly what it holds in memory. */
    long weightBytes() {
        return weightBytes;
    }

    /** Whether somebody waits for the answer, and not for ever. */
    boolean hasDeadline() {
        return deadlineNanos != 0;
    }

    boolean isOverdue(long nowNanos) {
        return deadlineNanos != 0 && nowNanos - deadlineNanos > 0;
    }

    void stored() {
        if (answered.compareAndSet(false, true)) {
            answer.stored(tally.receipt());
        }
    }

    void refused(StoreBusy reason) {
        if (answered.compareAndSet(false, true)) {
            answer.refused(reason);
        }
    }

    private static long weigh(List<? extends Outcome> outcomes) {
        long bytes = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome instanceof Reading reading) {
                bytes += 200 + reading.metrics().json().length;
            } else if (outcome instanceof Malformed malformed) {
                bytes += 400 + malformed.message().payload().length;
            }
        }
        return bytes;
    }
}
