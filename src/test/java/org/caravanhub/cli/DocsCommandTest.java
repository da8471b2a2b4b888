package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocsCommandTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "disk full, # The disk is full",
        "lost token, # The admin token is lost",
        "lost password, # The admin token is lost",
        "password forgotten, # The admin token is lost",
        "dead pi, # A new card or a new machine",
        "errors database_away, ## `database_away`",
        "no space left on device, # The disk is full",
        "how-to/update, '# Update it, and go back'"
    })
    void aFewWordsOpenThePageThatIsMeant(String words, String firstLine) throws IOException {
        try (Hub hub = theShippedDocs()) {
            assertThat(docs(hub, words)).isZero();
            assertThat(hub.lines().get(0)).as(hub.out()).isEqualTo(firstLine);
        }
    }

    @Test
    void marksOfMarkdownAreGoneAndLinksAreNamesToTypeNext() throws IOException {
        try (Hub hub = new Hub(home)) {
            Files.createDirectories(home.resolve("docs/how-to"));
            Files.writeString(home.resolve("docs/how-to/fly.md"), """
                    # Fly

                    **First** read [how to land](land.md#slowly).

                    ```sh cure
                    # not a heading
                    take off
                    ```
                    """);

            assertThat(docs(hub, "fly")).isZero();
            assertThat(hub.out()).isEqualTo("""
                    # Fly

                    First read how to land [how-to/land].

                        # not a heading
                        take off
                    """);
        }
    }

    @Test
    void wordsThatManyPagesHaveListThemAndWhatIsNowhereIsNotFound() throws IOException {
        try (Hub hub = theShippedDocs()) {
            assertThat(docs(hub, "backup")).isZero();
            assertThat(hub.lines()).first().isEqualTo("page\twhat");
            assertThat(hub.out()).contains("how-to/back-up");

            assertThat(docs(hub, "zeppelin")).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(hub.err()).contains("zeppelin").contains("caravan docs");
        }
    }

    private Hub theShippedDocs() throws IOException {
        Path from = Path.of("docs");
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path file :
                    tree.filter(each -> each.toString().endsWith(".md")).toList()) {
                Path to = home.resolve("docs").resolve(from.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return new Hub(home);
    }

    private static int docs(Hub hub, String words) {
        return hub.run(
                Stream.concat(Stream.of("docs"), Stream.of(words.split(" "))).toArray(String[]::new));
    }
}
