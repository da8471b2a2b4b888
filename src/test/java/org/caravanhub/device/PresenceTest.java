package org.caravanhub.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PresenceTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void aDeviceIsLostByItsOwnHabitNotByTheClock() {
        Optional<Duration> eachMinute = Optional.of(Duration.ofMinutes(1));
        Optional<Duration> eachHour = Optional.of(Duration.ofHours(1));
        Instant later = NOON.plus(Duration.ofMinutes(5));

        assertThat(Presence.of(NOON, eachHour, later)).isEqualTo(Presence.ONLINE);
        assertThat(Presence.of(NOON, eachMinute, later)).isEqualTo(Presence.STALE);
        assertThat(Presence.of(NOON, eachMinute, later.plus(Duration.ofMinutes(6))))
                .isEqualTo(Presence.OFFLINE);
        assertThat(Presence.of(NOON.plusSeconds(90), eachMinute, NOON)).isEqualTo(Presence.ONLINE);
    }

    @Test
    void theHabitIsTheMedianSoThatOneNightOfSilenceDoesNotChangeIt() {
        long night = Duration.ofHours(8).toMillis();

        assertThat(Interval.usual(new long[] {0, 60_000, 120_000, 120_000 + night, 180_000 + night}))
                .contains(Duration.ofMinutes(1));
        assertThat(Interval.usual(new long[] {5, 5, 5, 5, 5, 5}))
                .as("one message of six readings")
                .isEmpty();
        assertThat(Interval.usual(new long[] {0, 100, 200, 300, 400})).contains(Duration.ofSeconds(10));
    }
}
