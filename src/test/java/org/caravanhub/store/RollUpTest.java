package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.caravanhub.reading.Buckets;
import org.caravanhub.reading.Outcome;
import org.caravanhub.upkeep.Due;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollUpTest {
    private static final Due.Limits LIMITS = new Due.Limits(90, 400, 4L << 30, Duration.ofMinutes(10));
    private static final Instant MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private TestDatabase store;
    private Queries queries;
    private SeriesQuery series;

    @BeforeEach
    void open() {
        store = open(folder);
        queries = new Queries(store.database(), Duration.ofSeconds(30));
        series = new SeriesQuery(queries, Duration.ofMinutes(10));
    }

    /** A database of the kind that this is about. */
    TestDatabase open(Path data) {
        return new TestStore(data);
    }

    @AfterEach
    void close() throws Exception {
        queries.close();
        store.close();
    }

    @Test
    void anAnswerIsTheSameWhateverWasRolledUp() throws Exception {
        Random random = new Random(7);
        List<Outcome> readings = new ArrayList<>();
        for (int minute = 0; minute < 3 * 1440; minute++) {
            if (random.nextInt(20) > 0) {
                readings.add(TestStore.reading(
                        "hut",
                        MIDNIGHT.plusSeconds(60L * minute + random.nextInt(50)),
                        "{\"solar_w\":" + random.nextInt(400) + ",\"temperature_c\":" + random.nextInt(300) / 10.0
                                + "}"));
            }
        }
        keep(readings);
        List<double[]> raw = answers();

        roll(MIDNIGHT.plus(Duration.ofDays(3)).plusSeconds(600));
        same(answers(), raw);
        assertThat(store.number("select count(*) from roll_up_day")).isEqualTo(6);
        assertThat(store.number("select count(*) from unrolled")).isZero();

        // Late data lands in its place; until it is rolled up, it is taken from the readings.
        keep(List.of(
                TestStore.reading("hut", MIDNIGHT.plusSeconds(3_599), "{\"solar_w\":9000,\"temperature_c\":-40}"),
                TestStore.reading("hut", MIDNIGHT.plusSeconds(100_000), "{\"solar_w\":8000}")));
        List<double[]> withLate = answers();
        assertThat(withLate.get(0)).isNotEqualTo(raw.get(0));
        roll(MIDNIGHT.plus(Duration.ofDays(3)).plusSeconds(600));
        same(answers(), withLate);

        // Raw readings go, and nobody who asks for hours or days can tell.
        try (UpkeepFlows flows = flows(TestStore.NOON.plus(Duration.ofDays(100)))) {
            flows.run("let-raw-go");
        }
        assertThat(store.number("select count(*) from reading")).isZero();
        same(answers(), withLate);
    }

    @Test
    void aDayOfConstantPowerIsItsEnergyAndAGapIsLeftOut() throws Exception {
        List<Outcome> readings = new ArrayList<>();
        for (int minute = 0; minute <= 2 * 1440; minute++) {
            boolean isInGap = minute > 1440 + 480 && minute < 1440 + 840;
            if (!isInGap) {
                readings.add(TestStore.reading("station", MIDNIGHT.plusSeconds(60L * minute), "{\"out_w\":100}"));
            }
        }
        keep(readings);
        Buckets days = Buckets.of(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(2)), 2);

        assertThat(series.energy("station", "out_w", days)).containsExactly(new double[] {2400, 1800}, within(1e-6));
        roll(MIDNIGHT.plus(Duration.ofDays(3)));
        assertThat(series.energy("station", "out_w", days)).containsExactly(new double[] {2400, 1800}, within(1e-6));
        assertThat(store.number("select cast(round(sum(energy_wh)) as integer) from roll_up_day"))
                .isEqualTo(4200);
    }

    @Test
    void whatComesAfterTheRawReadingsWentIsAddedOnce() throws Exception {
        keep(List.of(
                TestStore.reading("hut", MIDNIGHT.plusSeconds(60), "{\"n\":1}"),
                TestStore.reading("hut", MIDNIGHT.plusSeconds(120), "{\"n\":3}")));
        Instant later = TestStore.NOON.plus(Duration.ofDays(100));
        roll(later);
        try (UpkeepFlows flows = flows(later)) {
            flows.run("let-raw-go");
        }
        Buckets fine = Buckets.of(MIDNIGHT, MIDNIGHT.plus(DAY), 1440);
        assertThat(series.isOnlySums("hut", fine))
                .as("a minute is too narrow now")
                .isTrue();
        assertThat(series.spread("hut", "n", fine.atLeast(Duration.ofMinutes(5)))
                        .sum()[0])
                .isEqualTo(4);
        keep(List.of(TestStore.reading("hut", MIDNIGHT.plusSeconds(90), "{\"n\":11}")));
        Buckets day = Buckets.of(MIDNIGHT, MIDNIGHT.plus(DAY), 24);

        assertThat(series.spread("hut", "n", day).sum()[0]).isEqualTo(15);
        roll(later);
        roll(later);
        assertThat(series.spread("hut", "n", day).sum()[0]).isEqualTo(15);
        assertThat(series.spread("hut", "n", day).count()[0]).isEqualTo(3);
        assertThat(series.last("hut", "n", day)[0]).isEqualTo(3);
        assertThat(store.number("select count(*) from reading")).isZero();
        assertThat(store.number("select count from roll_up_day")).isEqualTo(3);
        assertThat(store.number("select cast(sum as integer) from roll_up_day")).isEqualTo(15);
    }

    @Test
    void aReadingWithAVeryOldTimeIsKeptAsLongAsOthers() throws Exception {
        keep(List.of(TestStore.reading("no-clock", Instant.ofEpochSecond(5), "{\"n\":1}")));
        roll(TestStore.NOON.plus(Duration.ofDays(80)));
        try (UpkeepFlows flows = flows(TestStore.NOON.plus(Duration.ofDays(80)))) {
            flows.run("let-raw-go");
        }
        assertThat(store.number("select count(*) from reading")).isEqualTo(1);
    }

    @Test
    void theBudgetTakesTheOldestAndNeverWhatIsNotRolledUp() throws Exception {
        List<Outcome> readings = new ArrayList<>();
        for (int minute = 0; minute < 600; minute++) {
            readings.add(TestStore.reading("hut", MIDNIGHT.plusSeconds(60L * minute), "{\"n\":" + minute + "}"));
        }
        keep(readings);
        Due.Limits tiny = new Due.Limits(90, 400, 1, Duration.ofMinutes(10));
        try (UpkeepFlows flows = new UpkeepFlows(
                folder, store.database(), store.writer(), tiny, TestStore.NOON.plus(Duration.ofDays(2)))) {
            flows.run("keep-budget");
            assertThat(store.number("select count(*) from reading")).isEqualTo(600);
            flows.run("roll-up-5-minutes", "keep-budget");
            assertThat(store.number("select count(*) from reading")).isEqualTo(600);
            flows.run("roll-up-hours", "keep-budget");
            assertThat(store.number("select count(*) from reading")).isZero();
        }
    }

    private void keep(List<Outcome> readings) throws Exception {
        for (int from = 0; from < readings.size(); from += 500) {
            List<Outcome> part = readings.subList(from, Math.min(from + 500, readings.size()));
            store.keep(part.toArray(new Outcome[0]));
        }
    }

    private void roll(Instant now) throws Exception {
        try (UpkeepFlows flows = flows(now)) {
            flows.run("roll-up-5-minutes", "roll-up-hours", "roll-up-days");
        }
    }

    private UpkeepFlows flows(Instant now) throws Exception {
        return new UpkeepFlows(folder, store.database(), store.writer(), LIMITS, now);
    }

    /** Days, hours and 5 minutes, with ragged edges where the raw readings are still there. */
    private List<double[]> answers() {
        List<double[]> answers = new ArrayList<>();
        for (Buckets buckets : List.of(
                Buckets.of(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(3)), 3),
                Buckets.of(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(3)), 24),
                Buckets.of(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(3)), 72),
                Buckets.of(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(3)), 900))) {
            SeriesColumns spread = series.spread("hut", "solar_w", buckets);
            answers.addAll(List.of(spread.sum(), spread.count(), spread.min(), spread.max(), spread.avg()));
            answers.add(series.last("hut", "temperature_c", buckets));
            answers.add(series.energy("hut", "solar_w", buckets));
        }
        return answers;
    }

    private static void same(List<double[]> actual, List<double[]> expected) {
        for (int column = 0; column < expected.size(); column++) {
            double[] wanted = Arrays.stream(expected.get(column))
                    .map(v -> Double.isNaN(v) ? -1e9 : v)
                    .toArray();
            double[] found = Arrays.stream(actual.get(column))
                    .map(v -> Double.isNaN(v) ? -1e9 : v)
                    .toArray();
            assertThat(found).as("column " + column).containsExactly(wanted, within(1e-6));
        }
    }
}
