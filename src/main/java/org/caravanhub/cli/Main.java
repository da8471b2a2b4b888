package org.caravanhub.cli;

/** The program: every command begins here. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        int code = Commands.all(Surroundings.ofProcess()).execute(arguments);
        Runtime.getRuntime().exit(code);
    }
}
