package org.caravanhub.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BucketsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void thereAreNeverMoreThanWereAskedForAndTheyCoverTheWholeStretch() {
        for (Duration stretch : List.of(
                Duration.ofMillis(1),
                Duration.ofSeconds(59),
                Duration.ofHours(24),
                Duration.ofDays(365),
                Duration.ofDays(20_000))) {
            for (int points : new int[] {2, 3, 600, 5000}) {
                Instant from = NOON.minusMillis(777);
                Buckets buckets = Buckets.of(from, from.plus(stretch), points);

                assertThat(buckets.count()).as("%s in %s", stretch, points).isBetween(1, points);
                assertThat(buckets.startMs(0)).isLessThanOrEqualTo(buckets.fromMs());
                assertThat(buckets.startMs(buckets.count())).isGreaterThanOrEqualTo(buckets.toMs());
            }
        }
    }

    @Test
    void aSecondLaterTheCutsAreAtTheSamePlaces() {
        Buckets now = Buckets.of(NOON.minus(Duration.ofHours(24)), NOON, 600);
        Buckets later = Buckets.of(NOON.minus(Duration.ofHours(24)).plusSeconds(1), NOON.plusSeconds(1), 600);

        assertThat(now.widthMs()).isEqualTo(300_000);
        assertThat(later.startMs(5)).isEqualTo(now.startMs(5));
    }
}
