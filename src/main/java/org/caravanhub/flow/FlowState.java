package org.caravanhub.flow;

/** How a flow is; the same words in the API, on the command line and on the pages. */
public enum FlowState {
    RUNNING,
    /** Somebody paused it; the brokers keep its messages. */
    PAUSED,
    /** It runs, and failed or hung on a message within the last five minutes. */
    FAILING,
    /** Its file has mistakes; the last good version runs. */
    REJECTED,
    /** No version of it could be started. */
    STOPPED;

    /** The word that API, command line and pages use. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
