package org.caravanhub.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Upkeep in a week without sun. */
final class PutOffTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private long nanos = 42;
    private Optional<Duration> shortFor = Optional.empty();
    private final PutOff putOff = new PutOff(() -> shortFor, () -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
        shortFor = shortFor.map(before -> before.plus(time));
    }

    @Test
    void nothingWaitsWhilePowerIsThere() {
        assertThat(putOff.waits("roll-up-hours")).isFalse();
        assertThat(putOff.over()).isEmpty();
    }

    @Test
    void whatWaitedThroughTheNightRunsInTheMorning() {
        shortFor = Optional.of(HOUR);
        assertThat(putOff.waits("roll-up-days")).isTrue();
        assertThat(putOff.waits("let-raw-go")).isTrue();
        pass(HOUR);
        assertThat(putOff.waits("let-raw-go")).isTrue();
        assertThat(putOff.waiting()).containsExactlyInAnyOrder("roll-up-days", "let-raw-go");
        shortFor = Optional.empty();
        assertThat(putOff.over()).containsExactly("let-raw-go", "roll-up-days");
        assertThat(putOff.over()).as("once").isEmpty();
    }

    @Test
    void inAWeekWithoutSunNothingIsLateByMoreThanADay() {
        shortFor = Optional.of(Duration.ZERO);
        int runs = 0;
        for (int hour = 0; hour < 7 * 24; hour += 6) {
            pass(HOUR.multipliedBy(6));
            runs += putOff.waits("roll-up-hours") ? 0 : 1;
        }
        assertThat(runs).isEqualTo(7);
    }

    /** A hub that is started again each few hours would put it off for ever. */
    @Test
    void aRestartCountsFromWhenPowerBecameShort() {
        shortFor = Optional.of(HOUR.multipliedBy(30));
        assertThat(putOff.waits("roll-up-days")).isFalse();
        pass(HOUR);
        assertThat(putOff.waits("roll-up-days")).isTrue();
    }
}
