package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a bridge tells of a station the cloud is not asked for it; when the bridge is silent, it is. */
class BesideTheCloudTest {
    private static final String SERIAL = "DCABZ0000000001";
    private static final String OTHER = "R331ZEB4ZEAL0528";

    @TempDir
    Path folder;

    private final FakeEcoFlowCloud cloud =
            new FakeEcoFlowCloud().with(SERIAL, "DELTA Pro", true, MeasuredTest.DELTA_PRO);

    BesideTheCloudTest() throws IOException {}

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    private PolledHub hub() throws Exception {
        return new PolledHub(folder, cloud.url(), FakeEcoFlowCloud.KEYS, Clock.systemUTC());
    }

    @Test
    void aBridgeSparesTheLinkUntilItIsSilent() throws Exception {
        try (PolledHub hub = hub()) {
            hub.pass(1);
            assertThat(hub.awaitKept(1)).hasSize(1);
            for (int i = 0; i < 5; i++) {
                hub.bridge(SERIAL, "{\"soc\":37,\"watts_in\":210}");
                hub.pass(1);
            }
            assertThat(cloud.asked).as("not even for the list").hasSize(2);
            cloud.with(SERIAL, "DELTA Pro", true, MeasuredTest.DELTA_PRO.replace("\"pd.soc\":38", "\"pd.soc\":36"));
            hub.pass(1);

            assertThat(hub.awaitKept(7)).as("the cloud takes over").hasSize(7);
            assertThat(hub.kept.stream().map(reading -> reading.source()).distinct())
                    .as("the station has one voice, whoever tells")
                    .hasSize(1);
            assertThat(hub.kept.get(6).metrics().toString()).doesNotContain("bridge");
        }
    }

    @Test
    void stationsThatNoBridgeHearsAreAskedForAllTheSame() throws Exception {
        cloud.with(OTHER, "DELTA 2", true, "{\"bms_bmsStatus.soc\":85,\"pd.soc\":85}");
        try (PolledHub hub = hub()) {
            hub.bridge(SERIAL, "{\"soc\":37}");
            hub.pass(1);

            assertThat(hub.awaitKept(2)).hasSize(2);
            assertThat(hub.kept.get(1).source().device()).isEqualTo("ecoflow-" + OTHER);
            assertThat(cloud.count("/quota/all")).isOne();
        }
    }

    @Test
    void aNewStationIsFoundWithinAnHourAlthoughBridgesTellOfAllOthers() throws Exception {
        try (PolledHub hub = hub()) {
            hub.pass(1);
            hub.pass(Duration.ofMinutes(59));
            hub.bridge(SERIAL, "{\"soc\":37}");
            hub.pass(Duration.ofMinutes(1));
            long lists = cloud.count("/device/list");
            hub.bridge(SERIAL, "{\"soc\":37}");
            hub.pass(Duration.ofMinutes(1));
            assertThat(cloud.count("/device/list")).isEqualTo(lists);
            for (int i = 0; i < 60; i++) {
                hub.bridge(SERIAL, "{\"soc\":36}");
                hub.pass(1);
            }
            assertThat(cloud.count("/device/list")).isEqualTo(lists + 1);
        }
    }

    @Test
    void whoWantsToKnowLearnsWhetherTheCloudIsOfUseAndTheBridgeStaysTheVoice() throws Exception {
        try (PolledHub hub = hub()) {
            hub.pass(1);
            hub.bridge(SERIAL, "{\"soc\":37}");
            hub.pass(1);
            CloudState state = hub.ecoflow.state();
            assertThat(state.station("ecoflow-" + SERIAL).orElseThrow().nextTry())
                    .as("it is not asked for")
                    .isEmpty();
            assertThat(Duration.between(Instant.now(), state.nextTry().orElseThrow()))
                    .as("others are looked for within the hour")
                    .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(59));

            assertThat(hub.ecoflow.hurry()).contains(Duration.ZERO);
            assertThat(hub.ecoflow.state().nextTry().orElseThrow()).isBeforeOrEqualTo(Instant.now());
            hub.pass(Duration.ofSeconds(1));
            assertThat(cloud.count("/device/list")).isEqualTo(2);
            assertThat(cloud.count("/quota/all")).isOne();

            hub.bridge(SERIAL, "{\"soc\":36}");
            hub.pass(1);
            assertThat(cloud.count("/device/list")).as("asked once for that").isEqualTo(2);
        }
    }

    @Test
    void whileSavingABridgeThatTellsLessOftenStillStandsForTheCloud() throws Exception {
        try (PolledHub hub = hub()) {
            hub.pace = Duration.ofMinutes(5);
            hub.pass(1);
            for (int report = 0; report < 3; report++) {
                hub.bridge(SERIAL, "{\"soc\":27}");
                hub.pass(5);
            }

            assertThat(cloud.count("/quota/all")).isOne();
        }
    }

    @Test
    void whatIsOldOrTellsNoChargeStandsForNobody() throws Exception {
        try (PolledHub hub = hub()) {
            hub.bridge(SERIAL, "{\"time\":\"2026-01-01T00:00:00Z\",\"soc\":37}");
            hub.bridge(SERIAL, "{\"rssi_dbm\":-60}");
            hub.pass(1);

            assertThat(cloud.count("/quota/all")).isOne();
        }
    }
}
