package org.caravanhub.flow;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One YAML file of flows, and what became of it.
 *
 * @param path relative to the folder of flows, with {@code /}
 * @param state how it is
 * @param running the version that runs; none if nothing of it does
 * @param found the version that is in the folder; none if the file is gone
 * @param since when that began
 * @param who made the version that is in the folder, or took it away, as far as is known
 * @param flows the ids of the flows that run of it, paused ones among them
 * @param mistakes what is wrong with it; none if it runs as it is
 */
public record FlowFile(
        String path,
        State state,
        Optional<String> running,
        Optional<String> found,
        Instant since,
        String who,
        Set<String> flows,
        List<Mistake> mistakes) {

    /** What is wrong with it, in one line; empty if it runs as it is. */
    public Optional<String> problem() {
        return mistakes.stream().findFirst().map(Mistake::text);
    }

    /** How a file is; the words are part of the API. */
    public enum State {
        /** It runs as it is in the folder. */
        RUNNING,
        /** What is in the folder has mistakes; the last good version runs. */
        REJECTED,
        /** It is no longer in the folder; the last good version runs. */
        GONE,
        /** Nothing of it runs: there never was a version that could. */
        STOPPED;

        /** The word that API, command line and pages use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
