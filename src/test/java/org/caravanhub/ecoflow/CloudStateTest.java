package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.caravanhub.ecoflow.fake.Mood;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the cloud and its stations, and how somebody has it asked before its time. */
class CloudStateTest {
    private static final String SERIAL = "DCABZ0000000001";
    private static final String DEVICE = "ecoflow-" + SERIAL;

    @TempDir
    Path folder;

    private final FakeEcoFlowCloud cloud =
            new FakeEcoFlowCloud().with(SERIAL, "DELTA Pro", true, MeasuredTest.DELTA_PRO);

    CloudStateTest() throws IOException {}

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    private PolledHub hub() throws Exception {
        return new PolledHub(folder, cloud.url(), FakeEcoFlowCloud.KEYS, Clock.systemUTC());
    }

    @Test
    void whoIsAskedWhenIsToldAndThatTheCloudReachesNobody() throws Exception {
        cloud.with("R331ZEB4ZEAL0528", "DELTA 2", false, "{\"pd.soc\":85}");
        try (PolledHub hub = hub()) {
            assertThat(hub.ecoflow.state().nextTry()).isEmpty();
            hub.pass(1);

            CloudState state = hub.ecoflow.state();
            assertThat(state.lastAnswer()).isPresent();
            assertThat(Duration.between(Instant.now(), state.nextTry().orElseThrow()))
                    .isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
            assertThat(state.station(DEVICE).orElseThrow().isThere()).isTrue();
            assertThat(state.station(DEVICE).orElseThrow().charge().getAsDouble())
                    .isEqualTo(38);
            StationState away = state.station("ecoflow-R331ZEB4ZEAL0528").orElseThrow();
            assertThat(away.isListed()).isTrue();
            assertThat(away.isThere()).isFalse();
            assertThat(away.nextTry()).isEqualTo(state.nextTry());
            assertThat(state.isAsking() || away.isAsking()).isFalse();
        }
    }

    @Test
    void aStationThatIsRepeatedIsNotThere() throws Exception {
        try (PolledHub hub = hub()) {
            hub.pass(7);

            assertThat(hub.ecoflow.state().station(DEVICE).orElseThrow().isThere())
                    .isFalse();
        }
    }

    @Test
    void anHourIsCutShortByWhoeverHasMendedSomethingButNeverTheInterval() throws Exception {
        cloud.listIs(Mood.WRONG_SIGNATURE);
        try (PolledHub hub = hub()) {
            hub.pass(10);
            assertThat(cloud.asked).hasSize(1);
            assertThat(hub.ecoflow.state().trouble().orElseThrow().code()).isEqualTo("8521");
            cloud.listIs(Mood.WELL);

            assertThat(hub.ecoflow.hurry()).contains(Duration.ZERO);
            hub.pass(Duration.ofSeconds(1));
            assertThat(hub.awaitKept(1)).hasSize(1);
            assertThat(hub.ecoflow.state().trouble()).isEmpty();

            // Whatever is done, nobody is asked twice in an interval.
            long asked = cloud.asked.size();
            for (int second = 0; second < 50; second++) {
                assertThat(hub.ecoflow.hurry()).isEmpty();
                hub.pass(Duration.ofSeconds(1));
            }
            assertThat(cloud.asked).hasSize((int) asked);
            assertThat(hub.ecoflow.soonest()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        }
    }

    @Test
    void whoJustFailedForGoodIsAskedAtTheEndOfTheInterval() throws Exception {
        cloud.quotaIs(Mood.NOT_BOUND);
        try (PolledHub hub = hub()) {
            hub.pass(1);
            hub.pass(Duration.ofSeconds(20));
            cloud.quotaIs(Mood.WELL);

            Duration in = hub.ecoflow.hurry().orElseThrow();
            assertThat(in).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(35));
            assertThat(hub.ecoflow.hurry()).isEmpty();
            hub.pass(in);
            assertThat(hub.awaitKept(1)).hasSize(1);
        }
    }
}
