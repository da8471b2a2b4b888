package org.caravanhub.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.jspecify.annotations.Nullable;

/** What is noted while a message is tried. It ends after so many steps. Safe for several threads. */
final class Recording {
    private static final int MOST_STEPS = 1000;
    /** Characters or bytes: a body that doubles with each round of a loop would take the memory of the hub. */
    private static final int LARGEST_BODY = 1 << 20;

    private final List<Rehearsal.@Nullable Step> steps = new ArrayList<>();
    private final List<Outcome> kept = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private boolean ended;
    private boolean wasEnded;

    /** Thrown in a flow that is tried for too long. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final String WHY = "more than " + MOST_STEPS + " steps, too long, or a body over 1 MB";

        Ended() {
            super(WHY, null, false, false);
        }
    }

    /** A step begins; its place among the others is kept free. */
    synchronized int begin(@Nullable Object body) {
        if (ended || size(body) > LARGEST_BODY || steps.size() >= MOST_STEPS) {
            wasEnded = true;
            throw new Ended();
        }
        steps.add(null);
        return steps.size() - 1;
    }

    private static int size(@Nullable Object body) {
        if (body instanceof CharSequence text) {
            return text.length();
        }
        return body instanceof byte[] bytes ? bytes.length : 0;
    }

    synchronized void end(int place, Rehearsal.Step step) {
        steps.set(place, step);
    }

    /** Instead of doing something, this is told. */
    synchronized void tell(String what) {
        told.add(what);
    }

    /** What was told since it was last asked. */
    synchronized Optional<String> takeTold() {
        if (told.isEmpty()) {
            return Optional.empty();
        }
        StringJoiner all = new StringJoiner("; ");
        told.forEach(all::add);
        told.clear();
        return Optional.of(all.toString());
    }

    synchronized void keep(List<? extends Outcome> outcomes) {
        kept.addAll(outcomes);
        long malformed = outcomes.stream().filter(Malformed.class::isInstance).count();
        long good = outcomes.size() - malformed;
        StringJoiner what = new StringJoiner(" and ", "would ", "");
        if (good > 0) {
            what.add("keep " + good);
        }
        if (malformed > 0) {
            what.add("set aside " + malformed);
        }
        tell(outcomes.isEmpty() ? "would keep nothing" : what.toString());
    }

    /** Nothing more happens. */
    synchronized void stop() {
        ended = true;
    }

    synchronized Rehearsal.Result result(Optional<String> failure) {
        List<Rehearsal.Step> done = new ArrayList<>();
        for (Rehearsal.Step step : steps) {
            if (step != null) {
                done.add(step);
            }
        }
        Optional<String> ending = wasEnded ? Optional.of(Ended.WHY) : Optional.empty();
        Optional<String> why = failure.or(() -> ending).or(() -> kept.stream()
                .filter(outcome ->
                        outcome instanceof Malformed malformed && malformed.cause() == Malformed.Cause.FLOW_FAILED)
                .map(outcome -> ((Malformed) outcome).reason())
                .findFirst());
        return new Rehearsal.Result(List.copyOf(done), List.copyOf(kept), why);
    }
}
