package org.caravanhub.exchange;

import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * A thread of its own for what follows a step that answers later. One for each step, made when it is needed: a step of a user that
 * never comes to an end holds up what waits behind it, and nobody else. Whoever hands something to it is never made to do it: that
 * would be the thread that commits, or the one that reads from the network.
 */
public final class OwnThread {
    /** How much waits is bounded by what the flow has taken in; this only must never be reached. */
    private static final int ENOUGH = 1_000_000;

    private OwnThread() {}

    /**
     * Makes one.
     *
     * @param owner the step that it is for
     * @param name begins the name of the thread
     */
    public static ExecutorService of(CamelContext camel, Object owner, String name) {
        return camel.getExecutorServiceManager()
                .newThreadPool(
                        owner,
                        name,
                        new ThreadPoolProfileBuilder(name)
                                .poolSize(0)
                                .maxPoolSize(1)
                                .maxQueueSize(ENOUGH)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }
}
