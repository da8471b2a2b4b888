package org.caravanhub.ota;

import java.util.List;

/**
 * A rollout and how far it is.
 *
 * @param rollout it
 * @param counts its devices by state, of all rings that it has come to
 * @param failed ids of those that came to a bad end, the newest first, at most 50
 */
public record RolloutStatus(Rollout rollout, Counts counts, List<String> failed) {
    /** Of how many failed devices the ids are told. */
    public static final int MOST_FAILED = 50;

    public RolloutStatus {
        failed = List.copyOf(failed);
    }
}
