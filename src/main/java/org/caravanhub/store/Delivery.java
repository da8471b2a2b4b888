package org.caravanhub.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Understood;

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

        /** It is about to be written at this position of the spool; perhaps not for the first time. */
        default void placed(long position) {}

        void stored(Receipt receipt);

        void refused(StoreBusy reason);
    }

    private final String flow;
    private final String step;
    private final List<? extends Outcome> outcomes;
    private final long weightBytes;
    private final long deadlineNanos;
    private final boolean history;
    private final Answer answer;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** The number of its first outcome in the spool; 0 if it goes through none. */
    private long position;

    /** The number of the message in quarantine whose place it takes; 0 if it takes none. */
    private long replaced;

    /** Noted by the writer: the message was not there any more, so nothing was written. */
    boolean cameTooLate;

    /** Filled in by the writer: what became of {@code outcomes}, in the transaction at hand. */
    final Tally tally = new Tally();

    /**
     * @param deadlineNanos by {@link System#nanoTime}; 0 to wait as long as it takes
     * @param history whether it was kept before, elsewhere: moments stay as they are, nobody is told, and it does not linger
     */
    Delivery(
            String flow,
            String step,
            List<? extends Outcome> outcomes,
            long deadlineNanos,
            boolean history,
            Answer answer) {
        this.flow = flow;
        this.step = step;
        this.outcomes = outcomes;
        this.weightBytes = weigh(outcomes);
        this.deadlineNanos = deadlineNanos;
        this.history = history;
        this.answer = answer;
    }

    /**
     * What a flow made of a message that is in quarantine: it takes the message's place there. None of it is news.
     *
     * @param replaced the message's number
     */
    static Delivery replacing(
            long replaced,
            String flow,
            String step,
            List<? extends Outcome> outcomes,
            long deadlineNanos,
            Answer answer) {
        Delivery delivery = new Delivery(flow, step, outcomes, deadlineNanos, false, answer);
        delivery.replaced = replaced;
        return delivery;
    }

    /** What stands in the place of one of its outcomes, as a delivery that nobody waits for. */
    Delivery part(int index, Outcome outcome) {
        Delivery part = new Delivery(flow, step, List.of(outcome), 0, history, Answer.NONE);
        part.position = position == 0 ? 0 : position + index;
        return part;
    }

    /** What of it stands after a position, which is before its last; itself if all of it does. */
    Delivery after(long reached) {
        if (reached < position) {
            return this;
        }
        int index = (int) (reached + 1 - position);
        Delivery rest = new Delivery(flow, step, outcomes.subList(index, outcomes.size()), 0, history, Answer.NONE);
        rest.position = reached + 1;
        return rest;
    }

    /** The same for somebody else. */
    Delivery answeredBy(Answer other) {
        return new Delivery(flow, step, outcomes, deadlineNanos, history, other);
    }

    /** Gives it its place in the spool. */
    void standsAt(long first) {
        position = first;
        answer.placed(first);
    }

    /** The number of its first outcome in the spool. */
    long position() {
        return position;
    }

    /** The number of its last outcome in the spool. */
    long lastPosition() {
        return position + outcomes.size() - 1;
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

    boolean isHistory() {
        return history;
    }

    /** Whether it takes the place of a message in quarantine. */
    boolean isReplacement() {
        return replaced != 0;
    }

    /** The number of that message. */
    long replaced() {
        return replaced;
    }

    /** Whether its readings are to be told to those who listen. */
    boolean isNews() {
        return !history && !isReplacement();
    }

    /** Whether moments are as they were, so that what is there already is found. */
    boolean hasFinalMoments() {
        return history || isReplacement();
    }

    /** Roughly what it holds in memory. */
    long weightBytes() {
        return weightBytes;
    }

    /** Whether somebody waits for the answer, and not for ever. */
    boolean hasDeadline() {
        return deadlineNanos != 0;
    }

    /** How long it can still be waited for, at most this. */
    Duration patience(Duration most) {
        Duration left = Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
        return left.compareTo(most) < 0 ? left : most;
    }

    boolean isOverdue(long nowNanos) {
        return deadlineNanos != 0 && nowNanos - deadlineNanos > 0;
    }

    void stored() {
        stored(tally.receipt());
    }

    void stored(Receipt receipt) {
        if (answered.compareAndSet(false, true)) {
            answer.stored(receipt);
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
            if (outcome instanceof Understood understood) {
                bytes += 200 + understood.json().length;
            } else if (outcome instanceof Malformed malformed) {
                bytes += 400 + malformed.message().payload().length;
            }
        }
        return bytes;
    }
}
