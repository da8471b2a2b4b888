package org.caravanhub.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlowFilesTest {
    @TempDir
    Path folder;

    @Test
    void aBrokenFileDoesNotRunAndTheOthersDo() throws Exception {
        write("reading/good.camel.yaml", flow("good", "log:good"));
        write("reading/unclosed.camel.yaml", "- route:\n    id: \"unclosed\n    from:\n");
        write("reading/unknown-component.camel.yaml", flow("unknown", "nowhere:at-all"));
        write("reading/not-a-flow.txt", "ignored");
        write("optional/wanted.camel.yaml", flow("wanted", "log:wanted"));
        write("optional/unwanted.camel.yaml", flow("unwanted", "log:unwanted"));

        write("users/impostor.camel.yaml", flow("good", "log:impostor"));
        write("users/bomb.camel.yaml", "- a: &a [x]\n- b: [" + "*a,".repeat(200) + "*a]\n");

        FlowFiles flows = new FlowFiles(folder, Set.of("wanted"));
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.start();
            flows.loadInto(camel);

            assertThat(camel.getRoutes().stream().map(route -> route.getRouteId()))
                    .containsExactlyInAnyOrder("good", "wanted");
        }
        assertThat(flows.loaded().stream().flatMap(file -> file.problem().stream()))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("reading/unclosed.camel.yaml:")
                        .contains(": error: "))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("reading/unknown-component.camel.yaml")
                        .contains("nowhere"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String flow(String id, String to) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - to:
                            uri: %s
                """.formatted(id, id, to);
    }
}
