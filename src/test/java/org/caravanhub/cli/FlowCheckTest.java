package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow file is looked at on a machine where no hub runs. */
class FlowCheckTest {
    private static final String WRONG = """
            - route:
                id: my-flow
                from:
                  uri: direct:my-flow
                  steps:
                    - chioce: {}
            """;

    @TempDir
    Path folder;

    private HubCommands commands;
    private Path file;

    @BeforeEach
    void aFile() throws IOException {
        commands = new HubCommands(folder, 1);
        file = folder.resolve("my-flow.camel.yaml");
        Files.writeString(file, WRONG);
    }

    private int check(String... more) {
        String[] arguments = new String[more.length + 6];
        System.arraycopy(
                new String[] {"flow", "check", "--routes", "routes", "--data", folder.toString()}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return commands.run(arguments);
    }

    @Test
    void aMistakeIsShownAtItsPlace() {
        assertThat(check(file.toString())).isEqualTo(ExitCode.INVALID);

        assertThat(commands.out().lines())
                .containsExactly(
                        file + ":6:11: error: unknown step \"chioce\" – did you mean \"choice\"?",
                        "    6 |         - chioce: {}",
                        "      |           ^",
                        "      = /docs/reference/flow-errors#unknown_step");
        assertThat(commands.errLines()).containsExactly("1 mistake in 1 file.");
    }

    @Test
    void aProgramReadsItAsJson() throws IOException {
        assertThat(check("--json", file.toString())).isEqualTo(ExitCode.INVALID);

        Json mistake = Json.parse(commands.outBytes.toByteArray()).items().get(0);
        assertThat(mistake.text("code")).contains("unknown_step");
        assertThat(mistake.number("line")).isEqualTo(6);
    }

    @Test
    void theWholeFolderIsRightAndNothingIsMade() throws IOException {
        assertThat(check()).isEqualTo(ExitCode.OK);

        assertThat(commands.out()).isEmpty();
        assertThat(commands.err()).contains(" files are right.");
        try (var made = Files.list(folder)) {
            assertThat(made).containsExactly(file);
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidSo() {
        assertThat(check("reading/iot.camel.yaml")).as("as health names it").isEqualTo(ExitCode.OK);
        assertThat(check("nowhere.camel.yaml")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(commands.err()).contains("there is no file nowhere.camel.yaml");
    }
}
