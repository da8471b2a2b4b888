package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.caravanhub.api.TestHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow file's way back, on the command line, with the hub up and down. */
class FlowHistoryCommandsTest {
    @TempDir
    Path folder;

    @Test
    void anEditThatWentWrongIsLookedAtAndTakenBack() throws Exception {
        Path file = folder.resolve("routes/my/lamp.camel.yaml");
        try (TestHub hub = new TestHub(folder)) {
            HubCommands caravan = new HubCommands(folder, hub.port());
            Files.createDirectories(file.getParent());
            Files.writeString(file, flow("on"));
            hub.flows.lookNow();
            Files.writeString(file, flow("\"off"));
            hub.flows.lookNow();

            assertThat(caravan.run("flow", "history", "my/lamp")).isZero();
            assertThat(caravan.out()).contains("rejected\t", "applied\t", "my/lamp.camel.yaml:");
            assertThat(caravan.run("flow", "diff", "my/lamp.camel.yaml")).isZero();
            assertThat(caravan.out())
                    .contains("--- my/lamp.camel.yaml@1", "-            message: on", "+            message: \"off");

            assertThat(caravan.run("flow", "restore", "my/lamp")).isZero();
            assertThat(file).hasContent(flow("on"));
            assertThat(caravan.run("flow", "pause", "lamp")).isZero();
            assertThat(caravan.run("flow", "resume", "lamp")).isZero();

            assertThat(caravan.run("flow", "remove", "my/lamp")).isZero();
            assertThat(file).doesNotExist();
            assertThat(caravan.run("flow", "remove", "my/lamp")).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(caravan.run("flow", "pause", "lamp")).isEqualTo(ExitCode.NOT_FOUND);
        }
        try (Hub down = new Hub(folder)) {
            Files.move(folder.resolve("routes/.flows"), folder.resolve("data/flows"));
            down.goesDown();

            assertThat(down.run("flow", "history", "my/lamp")).isZero();
            assertThat(down.lines().get(1)).contains("removed");
            assertThat(down.run("flow", "diff", "my/lamp@2", "my/lamp@1")).isZero();
            assertThat(down.out()).contains("-            message: \"off", "+            message: on");
            assertThat(down.run("flow", "restore", "my/lamp")).isEqualTo(ExitCode.UNREACHABLE);
        }
    }

    @Test
    void aDifferenceIsToldWithThreeLinesAround() {
        assertThat(UnifiedDiff.of("a", "b", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n7\n"))
                .isEqualTo(List.of("--- a", "+++ b", "@@ -2,5 +2,6 @@", " 2", " 3", " 4", "-5", "+five", " 6", "+7"));
        assertThat(UnifiedDiff.of("a", "b", "same\n", "same\n")).isEmpty();
    }

    private static String flow(String message) {
        return """
                - route:
                    id: lamp
                    from:
                      uri: direct:lamp
                      steps:
                        - log:
                            message: %s
                """.formatted(message);
    }
}
