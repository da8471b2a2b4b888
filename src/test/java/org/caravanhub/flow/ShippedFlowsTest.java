package org.caravanhub.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What routes/README.md says there is, is there; and each file is called as its flow. */
class ShippedFlowsTest {
    private static final Path ROUTES = Path.of("routes");
    private static final String ENDING = ".camel.yaml";

    static List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(ROUTES)) {
            return tree.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFlowHasALineInTheTableOfContents(Path file) throws IOException {
        String id = file.getFileName().toString().replace(ENDING, "");
        String path = ROUTES.relativize(file).toString();

        assertThat(Files.readString(ROUTES.resolve("README.md"))).contains("| [" + id + "](" + path + ") |");
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsCalledAsItsFlowAndSaysWhatItPromises(Path file) throws IOException {
        List<String> head = Files.readAllLines(file).stream().limit(4).toList();
        String id = file.getFileName().toString().replace(ENDING, "");

        assertThat(head).contains("    id: " + id);
        assertThat(head)
                .anySatisfy(
                        line -> assertThat(line).startsWith("    description: ").endsWith("."));
    }

    @Test
    void theTableOfContentsHasNoFlowThatIsNotThere() throws IOException {
        long lines = Files.readAllLines(ROUTES.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| ["))
                .count();

        assertThat(lines).isEqualTo(files().size());
    }
}
