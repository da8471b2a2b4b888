package org.caravanhub.flow.history;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a flow file once was.
 *
 * @param path relative to the folder of flows, with {@code /}
 * @param number rising from 1 for each file; {@code FILE@12} names it
 * @param result what became of it
 * @param id of its bytes, see {@link VersionId}
 * @param at when, UTC
 * @param who {@code file juho} for an edit on disk, the principal for one by the API, {@code program} for what was shipped
 * @param size bytes
 * @param mistakes why it was rejected, as they were told; none if it was not
 */
public record FlowVersion(
        String path, long number, Result result, String id, Instant at, String who, long size, List<String> mistakes) {

    /** What became of a version; the words are part of the API. */
    public enum Result {
        /** It ran, or runs. */
        APPLIED,
        /** It had mistakes and never ran. */
        REJECTED,
        /** An earlier version that was brought back, and ran. */
        RESTORED,
        /** The file was given up; what it was is the bytes of this version. */
        REMOVED;

        /** The word that API and command line use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it was fit to run. */
        public boolean isGood() {
            return this == APPLIED || this == RESTORED;
        }
    }
}
