package org.caravanhub.cli;

/** A command could not do what it was asked. Shown to the person as problem and next step, never with a stack trace. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String next;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param problem what happened, and why
     * @param next what to do or type now; empty if there is nothing
     */
    CommandFailed(int exitCode, String problem, String next) {
        super(problem);
        this.exitCode = exitCode;
        this.next = next;
    }

    int exitCode() {
        return exitCode;
    }

    String next() {
        return next;
    }
}
