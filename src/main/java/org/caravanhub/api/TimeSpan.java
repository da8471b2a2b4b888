package org.caravanhub.api;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;

/**
 * The stretch of time that a question is about.
 *
 * @param from included
 * @param to not included
 */
record TimeSpan(Instant from, Instant to) {
    /**
     * From {@code from} to {@code to}, or until now.
     *
     * @throws Problem if it ends before it begins
     */
    static TimeSpan of(Question question, Clock clock) {
        Instant now = clock.instant();
        Instant from = question.moment("from").orElse(now);
        // One more, so that what was measured in this very millisecond is in it.
        Instant to = question.moment("to").orElse(now.plusMillis(1));
        if (!from.isBefore(to)) {
            throw Problem.parameters(List.of(new Fault(
                    "from",
                    "out_of_range",
                    "from (" + Moment.text(from) + ") is not before to (" + Moment.text(to) + ").",
                    "from is the earlier one")));
        }
        return new TimeSpan(from, to);
    }
}
