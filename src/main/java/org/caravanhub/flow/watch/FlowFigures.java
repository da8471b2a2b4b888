package org.caravanhub.flow.watch;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What passed a flow since it was started or last changed.
 *
 * @param since when that was
 * @param exchanges how often it began
 * @param messages how many messages that were
 * @param failed on how many it failed, whether or not its policy took care of them
 * @param inFlight how many are in it now
 * @param messagesPerMinute of the last minute
 * @param failedIn5Minutes of the last five minutes
 * @param lastAt when it began last; empty if it never did
 * @param trouble what failed last, or what hangs now, if that was in the last five minutes
 * @param steps by id, in no order
 */
public record FlowFigures(
        Instant since,
        long exchanges,
        long messages,
        long failed,
        long inFlight,
        long messagesPerMinute,
        long failedIn5Minutes,
        Optional<Instant> lastAt,
        Optional<Trouble> trouble,
        Map<String, StepFigures> steps) {
    /** What passed one step; nothing if it was never made. */
    public StepFigures step(String id) {
        return steps.getOrDefault(id, StepFigures.NONE);
    }

    /** Whether it failed or hung in the last five minutes. */
    public boolean isFailing() {
        return trouble.isPresent();
    }
}
