package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.caravanhub.GeneratedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The reference of the command line is the help of its commands. */
class CommandsPageTest {
    @Test
    void theReferenceShowsTheHelpOfEveryCommand(@TempDir Path home) throws IOException {
        StringBuilder page = new StringBuilder("""
                # The command line

                Made from the commands themselves; a test keeps it true. In a checkout, `caravan` is `./caravan`.

                Data goes to standard output, messages to standard error. On a terminal lists are tables; piped they are tab-separated with a
                header, times exact and nothing cut. `--json` is the body of the API, byte for byte. Colour is used on a terminal only, and
                never with `NO_COLOR`, `TERM=dumb` or `--color never`. No token is ever an argument: it comes from `admin.token` in the data
                folder, `--token-file` or `CARAVAN_TOKEN_FILE`. Every question to the hub ends after 35 seconds of silence.

                | exit code | meaning |
                |---|---|
                """);
        ExitCode.meanings().forEach((code, meaning) -> page.append("| " + code + " | " + meaning + " |\n"));
        try (Hub hub = new Hub(home)) {
            append(all(hub), page);
        }
        GeneratedFile.mustBe("docs/reference/cli.md", page.toString());
    }

    private static CommandLine all(Hub hub) {
        Surroundings here = new Surroundings(
                System.out, System.err, hub.environment, hub.home, false, false, 100, java.time.Clock.systemUTC());
        return Commands.all(here);
    }

    private static void append(CommandLine command, StringBuilder page) {
        CommandLine.Model.CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden() || command.getCommand() instanceof CommandLine.HelpCommand) {
            return;
        }
        assertThat(spec.usageMessage().description())
                .as("%s has a description", spec.qualifiedName())
                .isNotEmpty();
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
        int exitCodes = help.indexOf("\nExit codes:");
        page.append("\n## ").append(spec.qualifiedName()).append("\n\n```text\n");
        page.append(help.substring(0, exitCodes).stripTrailing()).append("\n```\n");
        command.getSubcommands().values().stream().distinct().forEach(child -> append(child, page));
    }
}
