package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.ProducerTemplate;
import org.caravanhub.Await;
import org.caravanhub.api.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow is listed, shown, tried and traced, on a hub that runs. */
class FlowCommandsTest {
    @TempDir
    static Path folder;

    private static TestHub hub;
    private static HubCommands caravan;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder);
        caravan = new HubCommands(folder, hub.port());
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @Test
    void flowsAreListedWithTheirState() {
        assertThat(caravan.run("flow", "list", "--state", "running")).isZero();

        assertThat(caravan.out())
                .startsWith("id\tstate\tmessages\tper min\tfailed\tlast\tbegins with\n")
                .contains("\ntried-flow\trunning\t")
                .contains("\ndirect:tried-flow".substring(1));
    }

    @Test
    void aFlowIsATreeWithTheLinesOfItsFile() {
        assertThat(caravan.run("flow", "show", "tried-flow")).isZero();

        assertThat(caravan.out().lines().toList())
                .anySatisfy(line -> assertThat(line).matches("  \\d+  by-size  choice.* +\\d+ +\\d+ +.+"))
                .anySatisfy(line -> assertThat(line).matches("  \\d+    is-small  otherwise.*"))
                .anySatisfy(line -> assertThat(line).matches("  \\d+      keep-tried  to.*store:reading.*"));
    }

    @Test
    void whatWouldBeWrittenIsShownAndNotWritten() throws Exception {
        String before = hub.get("/api/v1/ledger").body();

        int code = caravan.run(
                "flow", "test", "tried-flow", "-m", "{\"device\":\"attic\",\"metrics\":{\"temperature_c\":21.5}}");

        assertThat(caravan.out())
                .contains("keep-tried")
                .contains("would keep 1")
                .contains("would write to reading: device=attic")
                .contains("passes. Nothing was kept or sent.");
        assertThat(code).isZero();
        assertThat(hub.get("/api/v1/ledger").body()).isEqualTo(before);
    }

    @Test
    void whatWouldBeSetAsideExitsWithSix() {
        assertThat(caravan.run("flow", "test", "tried-flow", "-m", "{oops")).isEqualTo(ExitCode.INVALID);

        assertThat(caravan.out()).contains("would write to quarantine: ").contains("fails: it would be set aside");
    }

    @Test
    void aFlowThatAnswersRequestsCannotBeTriedAndSaysWhy() {
        assertThat(caravan.run("flow", "test", "list-flows", "-m", "x")).isEqualTo(ExitCode.INVALID);

        assertThat(caravan.err()).contains("it begins with platform-http: and not with a message");
    }

    @Test
    void aFlowThatIsNotThereIsNotFound() {
        assertThat(caravan.run("flow", "show", "nothing")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(caravan.err()).contains("There is no flow \"nothing\".").contains("flow list");
    }

    @Test
    void aTraceShowsWhatEachStepDidAndEndsWithTheLastMessage() {
        HubCommands tracing = new HubCommands(folder, hub.port());
        CompletableFuture<Integer> trace =
                CompletableFuture.supplyAsync(() -> tracing.run("flow", "trace", "tried-flow", "-n", "1"));
        try (ProducerTemplate send = hub.camel().createProducerTemplate()) {
            Await.until("the trace is over", Duration.ofSeconds(30), () -> {
                send.sendBody("direct:tried-flow", "{\"device\":\"shed\",\"metrics\":{\"temperature_c\":3}}");
                return trace.isDone();
            });
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }

        assertThat(trace.join()).isZero();
        assertThat(tracing.out())
                .contains("message 1")
                .contains("keep-tried")
                .contains("in  {\"device\":\"shed\"")
                .contains("out Receipt[");
    }
}
