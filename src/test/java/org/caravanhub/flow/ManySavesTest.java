package org.caravanhub.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.flow.TestFlows.flow;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow is saved again and again, now right, now wrong: nothing of the old ones is left behind. */
class ManySavesTest {
    private static final int SAVES = 150;
    private static final String PATH = "lamp.camel.yaml";

    @TempDir
    Path folder;

    @Test
    void hundredsOfSavesLeaveNothingBehind() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            hub.write(PATH, text(0));
            hub.start();
            save(hub, 1, 20);
            int endpoints = hub.camel.getEndpoints().size();
            int services = hub.camel.getRoutesSize();
            long files = openFiles();
            int threads = Thread.activeCount();

            save(hub, 20, SAVES);

            assertThat(hub.ask("lamp")).isEqualTo("answer " + (SAVES - 1));
            assertThat(hub.camel.getEndpoints()).hasSize(endpoints);
            assertThat(hub.camel.getRoutesSize()).isEqualTo(services);
            assertThat(openFiles()).isLessThan(files + 10);
            assertThat(Thread.activeCount()).isLessThan(threads + 5);
            assertThat(hub.flows.history().of(PATH)).hasSizeLessThanOrEqualTo(51);
            try (Stream<Path> left = Files.walk(folder)) {
                assertThat(left.filter(file -> file.toString().endsWith(".tmp")))
                        .isEmpty();
            }
        }
    }

    /** Each third one is refused by Camel after the check. */
    private static void save(TestFlows hub, int from, int below) {
        for (int i = from; i < below; i++) {
            boolean isWrong = i % 3 == 0 && i < below - 1;
            byte[] bytes =
                    (isWrong ? text(i).replace("log:at-", "nowhere:at-") : text(i)).getBytes(StandardCharsets.UTF_8);
            try {
                hub.flows.save(PATH, bytes, new Expected.Anything(), "admin");
                assertThat(isWrong).isFalse();
            } catch (Rejected e) {
                assertThat(isWrong).as(e.getMessage()).isTrue();
            }
        }
    }

    /** Its addresses differ each time. */
    private static String text(int number) {
        return flow("lamp", "answer " + number) + """
                - route:
                    id: timer
                    from:
                      uri: timer:t%d
                      steps:
                        - to: {uri: "log:at-%d"}
                        - to: {uri: "seda:s%d"}
                """.formatted(number, number, number);
    }

    private static long openFiles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
