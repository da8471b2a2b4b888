package org.caravanhub.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PresenceTest {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    @Test
    void aDeviceIsLostByItsOwnHabitNotByTheClock() {
        assertThat(Presence.after(5 * MINUTE, 60 * MINUTE)).isEqualTo(Presence.ONLINE);
        assertThat(Presence.after(5 * MINUTE, MINUTE)).isEqualTo(Presence.STALE);
        assertThat(Presence.after(11 * MINUTE, MINUTE)).isEqualTo(Presence.OFFLINE);
        assertThat(Presence.after(-90_000, MINUTE)).isEqualTo(Presence.ONLINE);
    }

    @Test
    void oneNightOfSilenceDoesNotChangeTheHabit() {
        long night = Duration.ofHours(8).toMillis();

        assertThat(learned(0, 60_000, 120_000, 120_000 + night, 180_000 + night))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void severalMessagesAreOneReport() {
        assertThat(learned(0, 800, 1600, 60_000, 60_800, 120_000, 121_000, 180_000))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(learned(0, 100, 200, 5_000, 5_100, 10_000, 10_100, 15_000, 20_000))
                .as("the shortest")
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aDoorThatIsOpenedAndClosedIsNotExpectedEveryTenSeconds() {
        Interval door = new Interval();
        long at = 0;
        for (int i = 0; i < 12; i++) {
            door.heard(at);
            at += i % 2 == 0 ? 20_000 : Duration.ofHours(6).toMillis();
        }

        assertThat(door.usual()).contains(Duration.ofHours(6));
    }

    private static Duration learned(long... times) {
        Interval interval = new Interval();
        for (long time : times) {
            interval.heard(time);
        }
        return interval.usual().orElseThrow();
    }
}
