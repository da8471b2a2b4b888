package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.caravanhub.Await;
import org.caravanhub.api.TestHub;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.Rollout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts from the command line, on a hub that runs. */
class RolloutCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TestHub hub;
    private HubCommands caravan;

    @BeforeEach
    void begin() throws Exception {
        hub = new TestHub(folder);
        caravan = new HubCommands(folder, hub.port());
        hub.ota.publish("node", "1.1.0", "ESP32");
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    @Test
    void aRolloutIsShownBeforeItIsBegunAndNobodyIsAskedTwice() {
        assertThat(caravan.run("rollout", "start", "node", "1.1.0", "--canary", "25", "--preview"))
                .isZero();
        assertThat(caravan.out())
                .contains("25 % → 25 devices: hut-door, water-tank")
                .contains("1 run it already")
                .contains("1 are disabled, and wait")
                .contains("cellar is in another rollout");

        assertThat(caravan.run("rollout", "start", "node", "1.1.0")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("add --yes to do it");
        assertThat(hub.ota.rollouts).isEmpty();

        assertThat(caravan.run("rollout", "start", "node", "1.1.0", "--name", "spring", "--pause-on", "5%", "--yes"))
                .isZero();
        assertThat(caravan.out()).startsWith("spring  node 1.1.0  running  100 %");
        assertThat(caravan.err()).contains("cellar is in another rollout").contains("caravan rollout status 1 --watch");
        assertThat(hub.ota.rollouts.get(0).plan().stop().percent()).isEqualTo(5);
    }

    @Test
    void everyOptionReachesTheHub() {
        assertThat(caravan.run(
                        "rollout",
                        "start",
                        "node",
                        "1.1.0",
                        "--ring",
                        "group=van percent=50 soak=30m",
                        "--ring",
                        "percent=100",
                        "--at-once",
                        "2",
                        "--least-charge",
                        "40",
                        "--window",
                        "22:00-06:00",
                        "--healthy-for",
                        "5m",
                        "--patience",
                        "2h",
                        "--pause-on",
                        "3",
                        "--return-failed",
                        "--allow-downgrade",
                        "--paused",
                        "--yes"))
                .isZero();

        Rollout made = hub.ota.rollouts.get(0);
        assertThat(made.state()).isEqualTo(Rollout.State.PAUSED);
        assertThat(made.plan().toString())
                .contains(
                        "Ring[group=van, percent=50, success=90, soak=PT30M]", "OptionalInt[2]", "OptionalDouble[40.0]")
                .contains("Window[from=22:00, until=06:00]", "healthyFor=PT5M", "patience=PT2H")
                .contains("Stop[failures=3, percent=0]", "returnsFailed=true", "allowsDowngrade=true");

        assertThat(caravan.run("rollout", "start", "node", "1.1.0", "--ring", "percnt=10", "--yes"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("does not understand \"percnt=10\"");
        assertThat(caravan.run("rollout", "start", "node", "1.1.0", "--device", "a", "--group", "b", "--yes"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(caravan.run("rollout", "start", "node", "1.1.0", "--canary", "101", "--yes"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("percentage must be a whole number from 0 to 100.");
        assertThat(caravan.run("rollout", "start", "node", "1.1.0", "--window", "22-06", "--yes"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("--window is two times of day: 22:00-06:00");
        assertThat(caravan.run("rollout", "start", "node", "9.9.9", "--yes")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.err()).contains("caravan firmware list");
    }

    @Test
    void theOnlyOpenOneNeedNotBeNamed() {
        assertThat(caravan.run("rollout", "pause")).isEqualTo(ExitCode.NOT_FOUND);
        start("spring");
        assertThat(caravan.run("rollout", "pause")).isZero();
        assertThat(caravan.out()).startsWith("spring  node 1.1.0  paused");
        assertThat(caravan.run("rollout", "resume", "spring")).isZero();
        assertThat(caravan.run("rollout", "advance", "--to", "100")).isZero();
        start("autumn");
        assertThat(caravan.run("rollout", "pause")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("several rollouts are open, so say which: autumn, spring");
        assertThat(caravan.run("rollout", "stop", "autumn")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.run("rollout", "stop", "autumn", "--yes")).isZero();
        assertThat(caravan.out()).contains("autumn  node 1.1.0  stopped").contains("stopped by admin");
        assertThat(caravan.run("rollout", "rollback", "spring", "--yes")).isEqualTo(ExitCode.CONFLICT);
        assertThat(caravan.run("rollout", "list")).isZero();
        assertThat(caravan.out()).contains("2\tautumn\tnode\t1.1.0\tstopped").contains("1\tspring");
    }

    @Test
    void thoseThatFailedComeFirstWithTheReason() {
        start("spring");
        hub.ota.update(1, "a", State.DONE, 100, "it runs 1.1.0");
        hub.ota.update(1, "b", State.DOWNLOADING, 40, "it is downloading");
        hub.ota.update(1, "c", State.FAILED, 0, "it says that it failed: flash");
        hub.ota.moved(1, Rollout.State.PAUSED, 100, "1 device failed: c");

        assertThat(caravan.run("rollout", "status")).isZero();

        assertThat(caravan.out().lines().toList().get(1)).startsWith("c\tfailed\t");
        assertThat(caravan.out()).contains("b\tdownloading\t40\t");
        assertThat(caravan.err())
                .contains("[########xxxxxxxx>>>>>>>>]  1 of 3 done, 1 failed, 1 at it")
                .contains("1 device failed: c")
                .contains("caravan rollout resume 1");
        assertThat(caravan.run("status")).isZero();
        assertThat(caravan.out()).contains("Rollout   spring: 1 of 3 done, 1 failed, 1 at it, paused");
    }

    @Test
    void whoWatchesIsToldEachChangeAndHowItEnded() {
        start("spring");
        hub.ota.update(1, "a", State.OFFERED, 0, "it was offered 1.1.0");
        CompletableFuture<Integer> watching =
                CompletableFuture.supplyAsync(() -> caravan.run("rollout", "status", "spring", "--watch"));
        Await.until("it watches", PATIENCE, () -> caravan.out().contains("0 of 1 done"));

        Await.until("it is told", PATIENCE, () -> {
            hub.ota.update(1, "a", State.FAILED, 0, "it says that it failed: flash");
            return caravan.out().contains("a failed: it says that it failed: flash");
        });
        hub.ota.moved(1, Rollout.State.PAUSED, 100, "1 device failed: a");

        assertThat(watching.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join())
                .isEqualTo(ExitCode.FAILED);
        assertThat(caravan.out()).endsWith("paused: 1 device failed: a" + System.lineSeparator());
        hub.ota.moved(1, Rollout.State.COMPLETED, 100, "");
        assertThat(caravan.run("rollout", "status", "spring", "--watch")).isEqualTo(ExitCode.PARTLY_DONE);
        hub.ota.update(1, "a", State.DONE, 100, "");
        assertThat(caravan.run("rollout", "status", "spring", "--watch")).isZero();
    }

    private void start(String name) {
        assertThat(caravan.run("rollout", "start", "node", "1.1.0", "--name", name, "--yes"))
                .isZero();
    }
}
