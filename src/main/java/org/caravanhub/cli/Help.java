package org.caravanhub.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caravan help}: as {@code --help}, for those who type the words in the other order. */
@Command(name = "help", helpCommand = true, description = "Show the help of a command: caravan help data query")
final class Help implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, with the groups that it is in.")
    private List<String> path = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine shown = spec.root().commandLine();
        for (String word : path) {
            CommandLine next = shown.getSubcommands().get(word);
            if (next == null) {
                String group = shown.getCommandSpec().qualifiedName();
                throw new ParameterException(shown, "there is no command \"" + group + " " + Plain.line(word) + "\"");
            }
            shown = next;
        }
        shown.usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
