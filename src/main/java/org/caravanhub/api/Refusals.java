package org.caravanhub.api;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.caravanhub.access.Refused;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;

/** What cannot be done about access, as an answer. */
final class Refusals {
    private Refusals() {}

    /** Does it, or says why not. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (Refused e) {
            throw problem(e);
        }
    }

    private static Problem problem(Refused e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.why()) {
            case WRONG -> Problem.parameters(List.of(new Fault(e.member(), "not_allowed", message, "")));
            case UNKNOWN ->
                e.member().isEmpty()
                        ? Problem.of(ProblemCode.CLAIM_REFUSED, message)
                        : Problem.notFound(
                                e.member().equals("id") ? "registered device" : "claim code that is open", message);
            case IN_THE_WAY ->
                new Problem(
                        ProblemCode.CONFLICT,
                        message,
                        e.member().isEmpty() ? List.of() : List.of(new Fault(e.member(), "taken", message, "")),
                        Map.of());
            case NO_CLAIM -> Problem.of(ProblemCode.CLAIM_REFUSED, message);
        };
    }
}
