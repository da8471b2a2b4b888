package org.caravanhub.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caravan completion}. */
@Command(
        name = "completion",
        description = {
            "Write a script that completes commands and options on Tab.",
            "For bash: source <(caravan completion bash)",
            "For zsh: source <(caravan completion zsh)"
        })
final class Completion implements Callable<Integer> {
    /** The shells that there is a script for. */
    enum Shell {
        BASH,
        ZSH
    }

    private final Surroundings here;

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    Completion(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        // The script serves both: it switches zsh's own bash completion on when it finds itself in zsh.
        here.out().print(AutoComplete.bash("caravan", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
