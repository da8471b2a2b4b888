package org.caravanhub.flow;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Something that happened to the flows.
 *
 * @param what happened
 * @param file the flow file; empty if it is about a flow alone
 * @param version of the file that was applied, rejected or removed
 * @param who did it
 * @param started the ids of the flows that were started
 * @param stopped the ids of the flows that were stopped; one that was started anew is among both
 * @param mistakes why, if it was rejected or is gone
 */
public record FlowChange(
        What what,
        String file,
        Optional<String> version,
        String who,
        Set<String> started,
        Set<String> stopped,
        List<Mistake> mistakes) {

    /** What can happen; the words are part of the API. */
    public enum What {
        APPLIED,
        REJECTED,
        GONE,
        RESTORED,
        REMOVED,
        PAUSED,
        RESUMED;

        /** The word in events. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static FlowChange ofFlow(What what, String flow, String who) {
        Set<String> started = what == What.RESUMED ? Set.of(flow) : Set.of();
        Set<String> stopped = what == What.PAUSED ? Set.of(flow) : Set.of();
        return new FlowChange(what, "", Optional.empty(), who, started, stopped, List.of());
    }
}
