package org.caravanhub.health;

/** One question about the hub's own health. */
public interface HealthCheck {
    /** What is checked, in one or two words: {@code database}, {@code mqtt}. */
    String name();

    /**
     * How it is at this moment. Called at most once a second, from any thread; answers from what is known already and never waits
     * for a network or a lock. An exception is shown as {@link Health.State#UNKNOWN}.
     */
    Health check();

    /** Whether there is something to check at this moment; what is not there is not in the report. */
    default boolean isThere() {
        return true;
    }
}
