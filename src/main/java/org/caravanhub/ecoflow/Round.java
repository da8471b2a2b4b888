package org.caravanhub.ecoflow;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;

/** The questions of one round, one after the other; the first always, and no further one once the round has lasted so long. Of one thread. */
final class Round implements Iterator<Question> {
    /** No question takes longer. */
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);

    private final Iterator<Question> questions;
    private final LongSupplier nanos;
    private final long beganNanos;
    private final Duration longest;
    private boolean hasBegun;

    Round(List<Question> questions, LongSupplier nanos, Duration longest) {
        this.questions = questions.iterator();
        this.nanos = nanos;
        this.beganNanos = nanos.getAsLong();
        this.longest = longest;
    }

    /** Until when a question may begin, so that two more, this one and the next round's first, end before the next round does. */
    static Duration longest(Duration interval) {
        Duration most = interval.minus(LONGEST_QUESTION.multipliedBy(2));
        Duration half = interval.dividedBy(2);
        return most.compareTo(half) > 0 ? most : half;
    }

    @Override
    public boolean hasNext() {
        return questions.hasNext() && (!hasBegun || nanos.getAsLong() - beganNanos < longest.toNanos());
    }

    @Override
    public Question next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        hasBegun = true;
        return questions.next();
    }
}
