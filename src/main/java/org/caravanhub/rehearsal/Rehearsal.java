package org.caravanhub.rehearsal;

import java.util.List;
import java.util.Optional;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Outcome;

/** Tries a message on a flow as it runs now. Decisions are really made; what reaches out of the process only says what it would do. */
public interface Rehearsal {
    /**
     * Tries one message.
     *
     * @throws IllegalArgumentException if there is no such flow, or it does not begin with a message, with the reason for a person
     */
    Result of(String flow, Message message);

    /**
     * What would come of it.
     *
     * @param steps what each step did, in order; a step in a loop or a split is there several times
     * @param kept what would be given to the store, malformed ones among it
     * @param failure why it would fail and be set aside; empty if it went well
     */
    record Result(List<Step> steps, List<Outcome> kept, Optional<String> failure) {
        /** Whether all of it would be kept, and none in quarantine. */
        public boolean passes() {
            return failure.isEmpty() && kept.stream().noneMatch(org.caravanhub.reading.Malformed.class::isInstance);
        }
    }

    /**
     * What a step did.
     *
     * @param id the step
     * @param line in its file; 0 if that is unknown
     * @param label what it is: {@code bean[pakuData]}, {@code notify:frost}
     * @param body what the body was after it, as text, cut to 4,096 characters
     * @param instead what it would have done and did not: {@code would publish on van/fan: on}; empty if it did what it does
     * @param error why it failed; empty if it did not
     * @param nanos how long it took
     */
    record Step(
            String id,
            int line,
            String label,
            String body,
            Optional<String> instead,
            Optional<String> error,
            long nanos) {}
}
