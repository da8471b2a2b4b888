package org.caravanhub.ota;

import java.util.EnumMap;
import java.util.Map;
import org.caravanhub.ota.DeviceUpdate.State;

/** How many devices of a rollout, or of a release, are where. A state that nobody is in is not in the map. */
public record Counts(Map<State, Integer> byState) {
    /** Nobody. */
    public static final Counts NONE = new Counts(Map.of());

    public Counts {
        byState = Map.copyOf(byState);
    }

    /** How many are in this state. */
    public int of(State state) {
        return byState.getOrDefault(state, 0);
    }

    /** How many there are. */
    public int total() {
        return byState.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many came to a bad end: failed, rolled back, timed out. */
    public int failed() {
        return of(State.FAILED) + of(State.ROLLED_BACK) + of(State.TIMED_OUT);
    }

    /** How many came to an end, good or bad. */
    public int ended() {
        return of(State.DONE) + failed();
    }

    /** How many are at it. */
    public int updating() {
        return total() - of(State.WAITING) - ended();
    }

    /** These, and one more in this state. */
    public Counts plus(State state) {
        Map<State, Integer> more = new EnumMap<>(State.class);
        more.putAll(byState);
        more.merge(state, 1, Integer::sum);
        return new Counts(more);
    }
}
