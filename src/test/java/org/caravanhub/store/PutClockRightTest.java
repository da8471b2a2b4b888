package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.caravanhub.clock.Wrong;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.upkeep.Due;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutClockRightTest {
    private static final Instant BOOT = Instant.ofEpochSecond(100);
    private static final Instant REALLY = TestStore.NOON;
    private static final long SHIFT = REALLY.toEpochMilli() - BOOT.toEpochMilli();

    @TempDir
    Path folder;

    /** A database of the kind that this is about. */
    TestDatabase open(Path data) {
        return new TestStore(data);
    }

    @Test
    void whatWasReceivedIn1970SaysWhenItReallyWas() throws Exception {
        try (TestDatabase store = open(folder)) {
            List<Outcome> readings = new ArrayList<>();
            for (int second = 0; second < 500; second++) {
                Instant at = BOOT.plusSeconds(second);
                readings.add(reading("no-time", at, at, Flag.NO_DEVICE_TIME));
            }
            readings.add(reading("has-time", REALLY.minusSeconds(60), BOOT, Flag.FUTURE));
            readings.add(reading("was-late", REALLY.minusSeconds(7200), BOOT, Flag.FUTURE));
            readings.add(new Reading(Source.of("before", "caravan"), REALLY, REALLY, metrics(), 0));
            store.keep(readings.toArray(new Outcome[0]));

            try (UpkeepFlows flows = new UpkeepFlows(
                    folder, store.database(), store.writer(), new Due.Limits(90, 400, 1, Duration.ZERO), REALLY)) {
                flows.putRight(
                        new Wrong(BOOT.toEpochMilli(), BOOT.plusSeconds(600).toEpochMilli(), SHIFT));
            }

            ReadingQueries asked = new ReadingQueries(new Queries(store.database(), Duration.ofSeconds(5)));
            assertThat(store.number("select count(*) from reading")).isEqualTo(503);
            assertThat(store.number("select count(*) from reading where " + store.milliseconds("measured_at")
                            + " < 1000000000000"))
                    .isZero();
            Reading newest = asked.latest("no-time").get(0).reading();
            assertThat(newest.measuredAt()).isEqualTo(REALLY.plusSeconds(499));
            assertThat(newest.receivedAt()).isEqualTo(newest.measuredAt());
            assertThat(Flag.of(newest.flags())).isEqualTo(Set.of(Flag.NO_DEVICE_TIME));
            assertThat(flags(asked, "has-time")).isEmpty();
            assertThat(flags(asked, "was-late")).isEqualTo(Set.of(Flag.LATE));
            assertThat(asked.latest("before")).hasSize(1);
            assertThat(store.number("select min(" + store.milliseconds("first_seen_at") + ") from device"))
                    .isEqualTo(REALLY.toEpochMilli());
        }
    }

    private static Set<Flag> flags(ReadingQueries asked, String device) {
        return Flag.of(asked.latest(device).get(0).reading().flags());
    }

    private static Reading reading(String device, Instant measuredAt, Instant receivedAt, Flag flag) {
        int flags = flag.bit() | Flag.HUB_CLOCK_UNSURE.bit();
        return new Reading(Source.of(device, "caravan"), measuredAt, receivedAt, metrics(), flags);
    }

    private static Metrics metrics() {
        return Metrics.ofChecked("{\"n\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
