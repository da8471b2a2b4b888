package org.caravanhub.flow.watch;

import java.util.Optional;

/**
 * What passed a step since the flow was started or last changed.
 *
 * @param exchanges how often it was entered
 * @param messages how many messages that were; a batch counts as many as are in it
 * @param failed how often it failed
 * @param waiting how many are in it now
 * @param totalNanos the time spent in it, its own steps included
 * @param last why it failed last; empty if it never did
 */
public record StepFigures(
        long exchanges, long messages, long failed, long waiting, long totalNanos, Optional<Trouble> last) {
    static final StepFigures NONE = new StepFigures(0, 0, 0, 0, 0, Optional.empty());

    /** The mean time of one passage in nanoseconds; 0 if nothing has passed. */
    public long meanNanos() {
        long passed = exchanges - waiting;
        return passed <= 0 ? 0 : totalNanos / passed;
    }
}
