package org.caravanhub.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.caravanhub.exchange.Notes;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;

/**
 * Takes what the steps of one exchange would keep, so that all of it can be kept together at the end, or none. Safe for use by many
 * threads.
 */
public final class Gathering {
    private final List<Outcome> kept = new ArrayList<>();
    private Optional<Malformed> setAside = Optional.empty();
    private String step = "";
    private State state = State.OPEN;

    private enum State {
        OPEN,
        CLOSED,
        GIVEN_UP
    }

    /**
     * What came together.
     *
     * @param kept in the order in which it was given
     * @param setAside why the flow set the message aside, if it did
     * @param step that gave the last of it; empty if none did
     */
    public record Gathered(List<Outcome> kept, Optional<Malformed> setAside, String step) {}

    /** From now on the store's steps of this exchange, and of its copies, give to this. */
    public static Gathering in(Exchange exchange) {
        Gathering gathering = new Gathering();
        exchange.setProperty(Notes.GATHERING, gathering);
        return gathering;
    }

    /** What there is; what comes later goes to the store, as from any flow. */
    public synchronized Gathered close() {
        state = State.CLOSED;
        return new Gathered(List.copyOf(kept), setAside, step);
    }

    /** Nobody waits any longer: what comes later is refused. */
    public synchronized void giveUp() {
        state = State.GIVEN_UP;
    }

    /**
     * Takes these, if it is open.
     *
     * @throws IllegalStateException if nobody waits any longer
     */
    synchronized boolean take(StoreEndpoint.What what, List<? extends Outcome> outcomes, String from) {
        if (state == State.GIVEN_UP) {
            throw new IllegalStateException("the flow took too long; nobody waits for this any more");
        }
        if (state == State.CLOSED) {
            return false;
        }
        step = from;
        if (what == StoreEndpoint.What.QUARANTINE) {
            setAside = outcomes.stream()
                    .filter(Malformed.class::isInstance)
                    .map(Malformed.class::cast)
                    .findFirst();
        } else {
            kept.addAll(outcomes);
        }
        return true;
    }

    /** As far as it can be told before the commit. */
    static Receipt receipt(List<? extends Outcome> outcomes) {
        long malformed = outcomes.stream().filter(Malformed.class::isInstance).count();
        return new Receipt(outcomes.size(), outcomes.size() - malformed, 0, malformed);
    }
}
