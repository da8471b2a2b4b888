package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.caravanhub.bundle.BundleFile;
import org.caravanhub.bundle.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleCommandTest {
    @TempDir
    Path folder;

    private HubCommands commands() throws IOException {
        Files.createDirectories(folder.resolve("routes"));
        Files.createDirectories(folder.resolve("config"));
        Files.createDirectories(folder.resolve("data"));
        return new HubCommands(folder, 1);
    }

    private String[] with(String... words) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(words),
                        java.util.stream.Stream.of(
                                "--data", folder.resolve("data").toString()))
                .toArray(String[]::new);
    }

    /** Nobody is at the terminal, and nobody said yes. */
    @Test
    void whatGoesInIsShownAndNothingIsWrittenUnasked() throws IOException {
        HubCommands commands = commands();

        assertThat(commands.run(with("bundle", "--since", "1h"))).isEqualTo(ExitCode.FAILED);

        assertThat(commands.err()).contains("settings.txt", "machine/memory.txt", "add --yes");
        assertThat(folder.resolve("data/bundles")).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsNotOverwritten() throws IOException {
        HubCommands commands = commands();
        Path file = Files.writeString(folder.resolve("mine.tar.gz"), "mine");

        assertThat(commands.run(with("bundle", "--yes", "--since", "1h", "-o", file.toString())))
                .isEqualTo(ExitCode.CONFLICT);

        assertThat(file).hasContent("mine");
    }

    /** Just the hub that does not start for a slip in its settings needs help. */
    @Test
    void wrongSettingsKeepNobodyFromIt() throws IOException {
        HubCommands commands = commands();
        Files.writeString(
                folder.resolve("config/caravan.properties"),
                "caravan.http.prot = 8080\ncaravan.mqtt.password = Zslip82jd7\ncaravan.mqtt.pasword = Zslip-of-the-pen\n");
        Path file = folder.resolve("bundle.tar.gz");

        assertThat(commands.run(with("bundle", "--yes", "--since", "1h", "-o", file.toString())))
                .as(commands.err())
                .isEqualTo(ExitCode.OK);

        Map<String, String> texts = BundleFile.read(new ByteArrayInputStream(Files.readAllBytes(file))).stream()
                .collect(Collectors.toMap(Member::name, member -> new String(member.bytes(), StandardCharsets.UTF_8)));
        assertThat(texts.get("settings-mistakes.txt")).contains("caravan.http.prot");
        assertThat(texts.values()).noneMatch(text -> text.contains("Zslip"));
    }

    /** Which names there are, only the hub says. */
    @Test
    void withoutAHubNamesCannotBeReplaced() throws IOException {
        HubCommands commands = commands();

        assertThat(commands.run(with("bundle", "--yes", "--no-names", "--since", "1h")))
                .isEqualTo(ExitCode.UNREACHABLE);

        assertThat(commands.err()).contains("nothing was written");
    }
}
