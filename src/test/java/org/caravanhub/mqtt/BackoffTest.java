package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(new SplittableRandom(1));

    @Test
    void waitsGrowFromHalfASecondToTenAndStayThere() {
        assertThat(backoff.next()).isBetween(500L, 1_000L);
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next()).isBetween(500L, 10_000L);
        }
        assertThat(backoff.next()).isGreaterThanOrEqualTo(5_000);

        backoff.reset();
        assertThat(backoff.next()).isBetween(500L, 1_000L);
    }

    @Test
    void hasteCanBeTakenAway() {
        backoff.raise();
        assertThat(backoff.next()).isGreaterThanOrEqualTo(10_000);
    }
}
