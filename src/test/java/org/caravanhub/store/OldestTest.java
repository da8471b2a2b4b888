package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.store.TestStore.reading;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Buckets;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.upkeep.Due;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OldestTest {
    private static final Due.Limits LIMITS = new Due.Limits(90, 400, 4L << 30, Duration.ofMinutes(10));
    private static final Instant MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z");
    private static final String HOURS_LEFT = "select count(distinct minute / 60) from reading";

    @TempDir
    Path folder;

    @Test
    void onlyHoursThatAreInTheRollUpsGoAndNoneOfTheNewestDay() throws Exception {
        try (TestStore store = new TestStore(folder);
                Queries queries = new Queries(store.database, Duration.ofSeconds(30))) {
            keepThreeDays(store);
            Oldest oldest = new Oldest(store.writer);
            assertThat(oldest.clearReadings()).as("nothing is rolled up yet").isZero();

            Instant later = MIDNIGHT.plus(Duration.ofDays(3)).plusSeconds(600);
            try (UpkeepFlows flows = new UpkeepFlows(folder, store.database, store.writer, LIMITS, later)) {
                flows.run("roll-up-5-minutes", "roll-up-hours", "roll-up-days");
                SeriesQuery series = new SeriesQuery(queries, Duration.ofMinutes(10));
                Buckets hours = Buckets.of(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(3)), 72);
                double[] before = series.spread("hut", "n", hours).sum();
                // A late reading: its hour is not whole in the roll-ups until the next run. It is no power, so that the
                // energy of its neighbours is what it was.
                Instant late = MIDNIGHT.plus(Duration.ofHours(5)).plusSeconds(30);
                store.keep(reading("hut", late, "{\"n\":1000}"));
                before[5] += 1000;

                assertThat(oldest.clearReadings()).isEqualTo(46 * 60);

                assertThat(store.number(HOURS_LEFT))
                        .as("the newest day with its hour, and the late hour")
                        .isEqualTo(26);
                assertThat(store.number("select min(hour) from source_hour") - MIDNIGHT.getEpochSecond() / 3600)
                        .isEqualTo(5);
                assertThat(store.number("select count(*) from rolled where kept_from is null"))
                        .isEqualTo(46);
                assertThat(store.number("select count(*) from rolling")).isZero();
                assertThat(series.spread("hut", "n", hours).sum()).containsExactly(before);

                flows.run("roll-up-5-minutes", "roll-up-hours", "roll-up-days");
                assertThat(series.spread("hut", "n", hours).sum()).containsExactly(before);
                assertThat(oldest.clearReadings()).as("it is rolled up now").isEqualTo(61);
                assertThat(oldest.clearReadings()).isZero();
                assertThat(series.spread("hut", "n", hours).sum()).containsExactly(before);
            }
        }
    }

    @Test
    void ofQuarantineOnlyUnknownTopicsGo() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            store.keep(TestStore.malformed("hut", "{"), unknown());
            assertThat(new Oldest(store.writer).clearUnknownTopics()).isEqualTo(1);
            assertThat(store.text("select cause from quarantine")).isEqualTo("not_json");
        }
    }

    private static Outcome unknown() {
        return new Malformed(
                Message.of("who/knows", new byte[] {1}, TestStore.NOON),
                "",
                Malformed.Cause.UNKNOWN_TOPIC,
                "no family knows it");
    }

    private static void keepThreeDays(TestStore store) throws Exception {
        List<Outcome> readings = new ArrayList<>();
        for (int minute = 0; minute < 3 * 1440; minute++) {
            readings.add(reading("hut", MIDNIGHT.plusSeconds(60L * minute), "{\"n\":" + minute + "}"));
            if (readings.size() == 480) {
                store.keep(readings.toArray(new Outcome[0]));
                readings.clear();
            }
        }
    }
}
