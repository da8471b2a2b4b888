package org.caravanhub.flow;

import java.util.function.Predicate;

/** What a change of the flows asks of the rest of the hub. */
public interface Hub {
    /** Nothing else: no broker, no store. */
    Hub NONE = new Hub() {
        @Override
        public AutoCloseable hurry() {
            return () -> {};
        }

        @Override
        public void endSessions(Predicate<String> stays) {}
    };

    /** Until it is closed, nothing waits for others to share its commit: a flow that stops waits for what it has under way. */
    AutoCloseable hurry();

    /**
     * Has the brokers forget what they keep for flows that do not run any more.
     *
     * @param stays whether the flow of this id comes back, so that its session has to be kept
     */
    void endSessions(Predicate<String> stays);

    /** Has a flow let go of what it hangs in, if it does: it is about to be stopped, and would not end by itself. */
    default void letGo(String flow) {}
}
