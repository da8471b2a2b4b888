package org.caravanhub.flow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a flow file between two looks at it.
 *
 * @param good what runs; none if nothing of it does
 * @param found what is in the folder; none if it is gone
 * @param since when it came to be as it is
 * @param who made it so
 * @param mistakes what is wrong with what was found
 */
record Known(Optional<Content> good, Optional<Content> found, Instant since, String who, List<Mistake> mistakes) {

    FlowFile.State state() {
        if (good.isEmpty()) {
            return FlowFile.State.STOPPED;
        }
        if (found.isEmpty()) {
            return FlowFile.State.GONE;
        }
        return mistakes.isEmpty() ? FlowFile.State.RUNNING : FlowFile.State.REJECTED;
    }

    /** Whether nothing has happened between the two. */
    boolean isLike(Known other) {
        return id(good).equals(id(other.good)) && id(found).equals(id(other.found)) && mistakes.equals(other.mistakes);
    }

    FlowFile file(String path, Set<String> flows) {
        return new FlowFile(path, state(), id(good), id(found), since, who, flows, mistakes);
    }

    private static Optional<String> id(Optional<Content> content) {
        return content.map(Content::id);
    }
}
