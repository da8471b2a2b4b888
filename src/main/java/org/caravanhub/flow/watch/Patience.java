package org.caravanhub.flow.watch;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.NamedNode;
import org.apache.camel.model.LoopDefinition;

/** How long a message may be in a step before the step is said to hang. */
final class Patience {
    /** For ever: what is in it is judged by itself, or by a rule of its own. */
    static final long ENDLESS = Long.MAX_VALUE;

    static final long USUAL = TimeUnit.SECONDS.toNanos(5);
    /** What asks somebody far away has a limit of its own; over a slow link it is used. */
    static final long FAR = TimeUnit.SECONDS.toNanos(35);
    /** Holding back is what these are for. */
    static final long HOLDING_BACK = TimeUnit.SECONDS.toNanos(65);

    private static final Set<String> HOLD_BACK = Set.of("throttle", "resequence", "sample");
    private static final Set<String> AGAIN_AND_AGAIN = Set.of("loop", "dynamicRouter");
    /** Their steps are judged, not they. */
    private static final Set<String> ENCLOSING = Set.of(
            "choice",
            "when",
            "otherwise",
            "split",
            "multicast",
            "filter",
            "doTry",
            "doCatch",
            "doFinally",
            "pipeline",
            "step",
            "policy",
            "transacted",
            "circuitBreaker",
            "recipientList",
            "routingSlip",
            "idempotentConsumer",
            "onException",
            "loadBalance",
            "aggregate",
            "saga",
            "intercept",
            "kamelet",
            "wireTap");
    /** These wait without a thread, and have time limits or are told of by a check of their own. */
    private static final Set<String> OWN_RULE = Set.of("store", "direct", "mqtt", "jdbc", "sql");

    private static final Set<String> FAR_AWAY = Set.of("http", "https", "smtp", "smtps", "imap", "imaps", "notify");

    private Patience() {}

    /**
     * For this step.
     *
     * @param ofUpkeep whether it belongs to the hub's own upkeep, which may work for long
     */
    static long of(NamedNode step, boolean ofUpkeep) {
        String kind = step.getShortName();
        if (ofUpkeep || ENCLOSING.contains(kind)) {
            return ENDLESS;
        }
        if (step instanceof LoopDefinition || AGAIN_AND_AGAIN.contains(kind)) {
            return USUAL;
        }
        if (HOLD_BACK.contains(kind)) {
            return HOLDING_BACK;
        }
        String uri = Uris.of(step);
        if (OWN_RULE.contains(Uris.scheme(uri))) {
            return ENDLESS;
        }
        // Where it is was configured; that may be anywhere.
        if (uri.startsWith("{{") || FAR_AWAY.contains(Uris.scheme(uri))) {
            return FAR;
        }
        return kind.equals("pollEnrich") || kind.equals("poll") ? FAR : USUAL;
    }
}
