package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.caravanhub.reading.Outcome;
import org.caravanhub.upkeep.Due;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped flows of upkeep while power is short: nobody who asks can tell, and afterwards nothing is missing. */
class PutOffRollUpTest {
    private static final Due.Limits LIMITS = new Due.Limits(90, 400, 4L << 30, Duration.ofMinutes(10));
    private static final Instant MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    Path folder;

    private boolean isShort = true;
    private final Set<String> waited = new TreeSet<>();

    @Test
    void whatWaitsIsCaughtUpAndWhatMustNotWaitDoesNot() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Outcome[] readings = new Outcome[2 * 1440];
            for (int minute = 0; minute < readings.length; minute++) {
                readings[minute] = TestStore.reading("station", MIDNIGHT.plusSeconds(60L * minute), "{\"out_w\":100}");
            }
            store.keep(readings);
            try (UpkeepFlows flows = new UpkeepFlows(
                    folder,
                    store.database(),
                    store.writer(),
                    LIMITS,
                    MIDNIGHT.plus(Duration.ofDays(3)),
                    flow -> isShort && waited.add(flow) | isShort)) {
                String[] all = {
                    "roll-up-5-minutes",
                    "roll-up-hours",
                    "roll-up-days",
                    "let-raw-go",
                    "let-5-minutes-go",
                    "keep-budget"
                };
                flows.run(all);
                assertThat(waited).containsExactly("let-5-minutes-go", "let-raw-go", "roll-up-days", "roll-up-hours");
                assertThat(store.number("select count(*) from roll_up_5_minutes"))
                        .isEqualTo(2 * 288);
                assertThat(store.number("select count(*) from roll_up_hour")).isZero();

                isShort = false;
                flows.run(all);
                assertThat(store.number("select count(*) from roll_up_hour")).isEqualTo(48);
                assertThat(store.number("select count(*) from roll_up_day")).isEqualTo(2);
                assertThat(store.number("select count(*) from unrolled")).isZero();
            }
        }
    }
}
