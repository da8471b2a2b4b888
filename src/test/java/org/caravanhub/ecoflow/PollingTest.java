package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.caravanhub.alert.Alert;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.caravanhub.ecoflow.fake.Mood;
import org.caravanhub.notice.Notice;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stations are asked for by the shipped flows, over real HTTP, in a cloud that does what clouds do. */
class PollingTest {
    private static final String SERIAL = "DCABZ0000000001";
    private static final Logger LOG = Logger.getLogger(EcoFlow.class.getName());

    @TempDir
    Path folder;

    private final FakeEcoFlowCloud cloud =
            new FakeEcoFlowCloud().with(SERIAL, "DELTA Pro", true, MeasuredTest.DELTA_PRO);

    PollingTest() throws IOException {}

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    private PolledHub hub(String... serials) throws Exception {
        return new PolledHub(folder, cloud.url(), FakeEcoFlowCloud.KEYS, Clock.systemUTC(), serials);
    }

    @Test
    void whatAStationMeasuresIsAReadingOfItsOwnDevice() throws Exception {
        try (PolledHub hub = hub()) {
            hub.pass(1);

            assertThat(hub.awaitKept(1)).hasSize(1);
            Reading reading = hub.kept.get(0);
            assertThat(reading.source().device()).isEqualTo("ecoflow-" + SERIAL);
            assertThat(reading.source().family()).isEqualTo("ecoflow");
            assertThat(reading.metrics().toString())
                    .contains("\"soc_percent\":38,", "\"solar_w\":296,", "\"raw\":{\"bmsMaster.cellVol\":[3280,3286]");
            assertThat(Flag.of(reading.flags())).containsExactly(Flag.NO_DEVICE_TIME);
            assertThat(cloud.asked).allSatisfy(one -> {
                assertThat(one.headers().get("nonce")).matches("[0-9]{6}");
                assertThat(one.headers()).doesNotContainKeys("content-type", "camelhttppath", "cookie");
                assertThat(one.query() + one.path()).doesNotContain("key", "Key");
                assertThat(one.headers().values().toString()).doesNotContain(FakeEcoFlowCloud.KEYS.secret());
            });
        }
    }

    @Test
    void whatNobodyKnowsIsKeptOnceAnHourOnly() throws Exception {
        try (PolledHub hub = hub()) {
            hub.pass(1);
            cloud.with(SERIAL, "DELTA Pro", true, chargedTo(37));
            hub.pass(1);

            assertThat(hub.awaitKept(2)).hasSize(2);
            assertThat(hub.kept)
                    .filteredOn(reading -> reading.metrics().toString().contains("raw"))
                    .hasSize(1);
        }
    }

    @Test
    void aStationThatIsOfflineIsNotAskedAndHasNoReadings() throws Exception {
        cloud.with("R331ZEB4ZEAL0528", "DELTA 2", false, "{\"pd.soc\":85,\"pd.wattsOutSum\":43}");
        try (PolledHub hub = hub()) {
            hub.pass(2);

            assertThat(hub.awaitKept(1))
                    .extracting(reading -> reading.source().device())
                    .containsOnly("ecoflow-" + SERIAL);
            assertThat(cloud.count("/quota/all")).isEqualTo(2);
        }
    }

    @Test
    void aCloudThatOnlyRepeatsItselfIsAGapUntilSomethingChanges() throws Exception {
        try (PolledHub hub = hub()) {
            hub.pass(1);
            hub.pass(4);
            boolean isThere = hub.ecoflow.state().stations().get(0).isThere();
            hub.pass(30);
            StationState frozen = hub.ecoflow.state().stations().get(0);
            cloud.with(SERIAL, "DELTA Pro", true, chargedTo(37));
            hub.pass(1);

            // Watts flowed, and not a digit changed: the first is how it was, and nobody knows how it went on.
            assertThat(hub.awaitKept(2)).hasSize(2);
            assertThat(hub.kept.get(1).metrics().toString()).contains("\"soc_percent\":37,");
            assertThat(isThere).as("a minute or two may pass").isTrue();
            assertThat(frozen.trouble()).contains(Trouble.REPEATS);
            assertThat(frozen.isThere()).isFalse();
            assertThat(cloud.count("/quota/all")).as("it is no failure").isEqualTo(36);
        }
    }

    @Test
    void aStationAtRestSaysTheSameForHoursAndIsKept() throws Exception {
        cloud.with(SERIAL, "DELTA Pro", true, "{\"pd.soc\":38,\"pd.wattsInSum\":0,\"pd.wattsOutSum\":0}");
        try (PolledHub hub = hub()) {
            hub.pass(12);

            assertThat(hub.awaitKept(12)).hasSize(12);
            assertThat(hub.ecoflow.state().stations().get(0).isThere()).isTrue();
        }
    }

    private static String chargedTo(int percent) {
        return MeasuredTest.DELTA_PRO.replace("\"pd.soc\":38", "\"pd.soc\":" + percent);
    }

    @Test
    void whateverIsWrongNothingIsKeptAndTheCloudIsLeftAlone() throws Exception {
        Set<Mood> moods = EnumSet.complementOf(EnumSet.of(Mood.WELL, Mood.GZIP, Mood.SLOW_DRIP, Mood.SLOW_HEADERS));
        moods.removeAll(EnumSet.of(Mood.BLACK_HOLE, Mood.OFFLINE, Mood.FROZEN, Mood.CROWD, Mood.HOSTILE_NAMES));
        AtomicInteger lines = countLines();
        try (FakeEcoFlowCloud other = new FakeEcoFlowCloud();
                PolledHub hub = hub()) {
            cloud.redirectTo(other.url());
            int round = 0;
            for (Mood mood : moods) {
                round++;
                cloud.asked.clear();
                hub.kept.clear();
                hub.raised.clear();
                lines.set(0);
                cloud.quotaIs(mood);
                hub.pass(8);

                assertThat(hub.kept).as("%s", mood).isEmpty();
                // After 1, 2 and 4 minutes, a little more or less, or not for an hour; once in an interval at most.
                assertThat(cloud.count("/quota/all")).as("%s", mood).isBetween(1L, 5L);
                assertThat(cloud.count("/device/list")).as("%s", mood).isEqualTo(8);
                assertThat(lines.get()).as("lines of %s", mood).isBetween(1, 8);

                hub.resolved.clear();
                cloud.quotaIs(Mood.WELL);
                String changed = MeasuredTest.DELTA_PRO.replace("444762", Integer.toString(444_763 + round));
                cloud.with(SERIAL, "DELTA Pro", true, changed);
                hub.pass(Duration.ofMinutes(61));
                assertThat(hub.awaitKept(1)).as("%s", mood).hasSize(1);
                boolean isForAPerson = EnumSet.of(Mood.UNKNOWN_KEY, Mood.WRONG_SIGNATURE, Mood.NOT_BOUND)
                        .contains(mood);
                assertThat(hub.raised).as("%s", mood).hasSize(isForAPerson ? 1 : 0);
                assertThat(hub.resolved).as("%s", mood).containsOnly("ecoflow-station ecoflow-" + SERIAL);
            }
            assertThat(other.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_DRIP", "SLOW_HEADERS", "BLACK_HOLE"})
    void anAnswerThatNeverEndsIsCutOff(Mood mood) throws Exception {
        cloud.listIs(mood);
        try (PolledHub hub =
                new PolledHub(folder, cloud.url(), FakeEcoFlowCloud.KEYS, Clock.systemUTC(), Duration.ofMillis(800))) {
            long began = System.nanoTime();
            hub.pass(1);

            // It would take a quarter of a minute.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
            assertThat(cloud.count("/quota/all")).isZero();
        }
    }

    @Test
    void aCompressedAnswerIsRead() throws Exception {
        cloud.quotaIs(Mood.GZIP);
        try (PolledHub hub = hub()) {
            hub.pass(1);

            assertThat(hub.awaitKept(1)).hasSize(1);
        }
    }

    @Test
    void aWrongAccessKeyIsOneAlertThatSaysWhatToDoAndIsAskedHourly() throws Exception {
        Keys wrong = new Keys("not-the-access-key", "not-the-secret-key");
        try (PolledHub hub = new PolledHub(folder, cloud.url(), wrong, Clock.systemUTC())) {
            for (int i = 0; i < 12; i++) {
                hub.pass(Duration.ofMinutes(9));
            }

            // Within an hour and three quarters.
            assertThat(cloud.asked).hasSize(2);
            assertThat(hub.raised).extracting(Notice::name).containsOnly("ecoflow-access");
            assertThat(hub.raised.get(0).title()).isEqualTo("EcoFlow does not know the access key (8513)");
            assertThat(hub.raised.get(0).text()).contains("caravan.ecoflow.access-key", "caravan.ecoflow.host=us");
            assertThat(hub.raised.toString()).doesNotContain("not-the-");
        }
    }

    @Test
    void aWrongSecretIsToldApartFromAWrongClock() throws Exception {
        Keys wrong = new Keys(FakeEcoFlowCloud.KEYS.access(), "not-the-secret-key");
        try (PolledHub hub = new PolledHub(folder, cloud.url(), wrong, Clock.systemUTC())) {
            hub.pass(1);
            assertThat(hub.raised.get(0).text()).contains("caravan.ecoflow.secret-key");
        }
    }

    @Test
    void aClockThatIsOffIsNamedAsTheReason() throws Exception {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
        try (PolledHub hub = new PolledHub(folder, cloud.url(), FakeEcoFlowCloud.KEYS, ahead)) {
            hub.pass(1);

            assertThat(hub.raised.get(0).text())
                    .matches("(?s)The hub's clock is (7199|7200|7201|7202) s ahead of EcoFlow's, .*");
        }
    }

    @Test
    void withAClockThatCannotBeRightNothingIsAsked() throws Exception {
        Clock wrong = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        try (PolledHub hub = new PolledHub(folder, cloud.url(), FakeEcoFlowCloud.KEYS, wrong)) {
            hub.pass(3);

            assertThat(cloud.asked).isEmpty();
        }
    }

    @Test
    void aSerialNumberThatIsNotThereIsToldToItsOwner() throws Exception {
        try (PolledHub hub = hub(SERIAL, "R331-TYPO")) {
            hub.pass(5);

            assertThat(hub.awaitKept(1)).isNotEmpty();
            assertThat(hub.raised).hasSize(1);
            assertThat(hub.raised.get(0).device()).isEqualTo("ecoflow-R331-TYPO");
            assertThat(hub.raised.get(0).text()).contains("caravan.ecoflow.serials");
        }
    }

    @Test
    void theNextStationIsAskedBeforeTheLastOnesReadingIsCommitted() throws Exception {
        cloud.with("R331ZEB4ZEAL0528", "DELTA 2", true, "{\"pd.soc\":85,\"pd.wattsOutSum\":43}");
        try (PolledHub hub = hub()) {
            hub.whileNothingIsCommitted(() -> hub.pass(1));

            assertThat(cloud.count("/quota/all")).isEqualTo(2);
            hub.awaitKept(2);
        }
    }

    @Test
    void theAlertOfAStationThatNobodyAsksForAnyMoreIsOverAlsoAfterARestart() throws Exception {
        cloud.with("R331OTHERS", "DELTA 2", true, "{}");
        try (PolledHub hub = hub()) {
            hub.pass(1);
            // Of the run before, when the station was still under the account, or in caravan.ecoflow.serials.
            hub.open.add(new Alert.About("ecoflow-station", "ecoflow-R331SOLD"));
            hub.open.add(new Alert.About("ecoflow-station", "ecoflow-R331OTHERS"));
            hub.pass(1);

            assertThat(hub.open)
                    .extracting(Alert.About::device)
                    .as("the cloud says nothing of the other, and still lists it")
                    .containsExactly("ecoflow-R331OTHERS");
        }
    }

    @Test
    void whoeverIsSlowHoldsUpNoRoundAndEverybodyHasATurn() throws Exception {
        try (PolledHub hub = hub()) {
            for (int i = 10; i < 22; i++) {
                cloud.with("SLOW" + i, "DELTA Pro", true, () -> {
                    hub.takes(Duration.ofSeconds(9));
                    return MeasuredTest.DELTA_PRO;
                });
            }
            List<Long> rounds = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long before = cloud.count("/quota/all");
                hub.pass(1);
                rounds.add(cloud.count("/quota/all") - before);
            }

            // Thirteen stations; a round of a minute has room for six answers that take nine seconds.
            assertThat(rounds).allSatisfy(asked -> assertThat(asked).isBetween(4L, 6L));
            assertThat(cloud.asked)
                    .extracting(FakeEcoFlowCloud.Asked::query)
                    .contains("sn=" + SERIAL, "sn=SLOW10", "sn=SLOW21");
        }
    }

    @Test
    void namesThatAreNoneAreNoStationsAndNoTextOfOurs() throws Exception {
        cloud.listIs(Mood.HOSTILE_NAMES);
        try (PolledHub hub = hub()) {
            hub.pass(1);

            assertThat(hub.awaitKept(1))
                    .extracting(reading -> reading.source().device())
                    .containsExactly("ecoflow-" + SERIAL);
            assertThat(cloud.asked).extracting(FakeEcoFlowCloud.Asked::query).containsExactly("", "sn=" + SERIAL);
        }
    }

    @Test
    void ofACrowdSomeAreAskedAndTheHubGoesOn() throws Exception {
        cloud.listIs(Mood.CROWD);
        try (PolledHub hub = hub()) {
            hub.pass(2);

            assertThat(cloud.asked)
                    .extracting(FakeEcoFlowCloud.Asked::query)
                    .filteredOn(query -> !query.isEmpty())
                    .doesNotHaveDuplicates()
                    .hasSize(64);
            assertThat(hub.kept).isEmpty();

            cloud.listIs(Mood.WELL);
            hub.pass(1);
            assertThat(hub.awaitKept(1))
                    .as("there is room for who is really there")
                    .hasSize(1);
        }
    }

    @Test
    void aCloudThatOnlyTakesTheShortSignatureIsAskedWithIt() throws Exception {
        cloud.signedShort();
        EcoFlow.Settings asked = new EcoFlow.Settings(FakeEcoFlowCloud.KEYS, PolledHub.INTERVAL, Set.of(), true);
        try (PolledHub hub = new PolledHub(folder, cloud.url(), asked)) {
            hub.pass(1);

            assertThat(hub.awaitKept(1)).hasSize(1);
        }
    }

    @Test
    void nobodyThereIsAGapToo() throws Exception {
        cloud.close();
        try (PolledHub hub = hub()) {
            hub.pass(5);

            assertThat(hub.kept).isEmpty();
            assertThat(hub.raised).isEmpty();
        }
    }

    /** That are logged from now on. */
    private static AtomicInteger countLines() {
        AtomicInteger lines = new AtomicInteger();
        LOG.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.incrementAndGet();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        return lines;
    }
}
