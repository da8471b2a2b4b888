package org.caravanhub.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Limit FROST =
            new Limit(OptionalDouble.of(3), OptionalDouble.empty(), OptionalDouble.of(4), Duration.ZERO);

    @Test
    void whatTremblesAtItsLimitIsToldOnceAndIsBackOnlyWhenItReallyIs() {
        assertThat(told(Watch.begin(FROST), 5, 2.9, 3.1, 2.8, 3.9, 4, 3.5, 2.9))
                .containsExactly("2.9 CROSSED", "4.0 RECOVERED", "2.9 CROSSED");
    }

    @Test
    void atTheLimitItselfNothingHasHappened() {
        assertThat(told(Watch.begin(FROST), 3)).isEmpty();
    }

    @Test
    void itMustHoldSoLongByTheTimeOfTheDeviceAndABreakBeginsAnew() {
        Watch watch = Watch.begin(new Limit(
                OptionalDouble.empty(), OptionalDouble.of(70), OptionalDouble.empty(), Duration.ofMinutes(5)));

        // A minute apart: beyond at 1, not at 3, beyond from 4 to 9.
        assertThat(told(watch, 60, 71, 72, 69, 71, 71, 71, 71, 71, 75)).containsExactly("75.0 CROSSED");
    }

    @Test
    void anOlderValueChangesNothingHoweverLateItComes() {
        Watch watch = Watch.begin(FROST);
        watch.look(8, NOON, true, NOON);

        assertThat(watch.look(1, NOON.minusSeconds(7200), true, NOON)).isEmpty();
    }

    @Test
    void aTimeThatLiesYearsAheadDoesNotSilenceItForYears() {
        Watch watch = Watch.crossed(FROST, NOON.plus(Duration.ofDays(400)));

        assertThat(watch.look(9, NOON, true, NOON)).contains(Watch.Crossing.RECOVERED);
    }

    @Test
    void whatHasNoOrderCountsAsItComes() {
        Watch watch = Watch.begin(FROST);
        watch.look(8, NOON, true, NOON);

        assertThat(watch.look(1, Instant.EPOCH, false, Instant.EPOCH)).contains(Watch.Crossing.CROSSED);
    }

    @Test
    void aLimitThatCannotBeSaysWhy() {
        assertThatThrownBy(() -> new Limit(
                        OptionalDouble.of(3.3), OptionalDouble.empty(), OptionalDouble.of(3.1), Duration.ZERO))
                .hasMessage("until is 3.1; with below 3.3 it must be 3.3 or more");
        assertThatThrownBy(() ->
                        new Limit(OptionalDouble.of(5), OptionalDouble.of(4), OptionalDouble.empty(), Duration.ZERO))
                .hasMessageContaining("every value would be beyond");
    }

    @Test
    void devicesAreMeantByNameAndStar() {
        DevicePattern pattern = DevicePattern.of("hut-*, garden,*-tank-*");
        assertThat(List.of("hut-1", "garden", "x-tank-", "x-tank-7")).allMatch(pattern::matches);
        assertThat(List.of("hut", "garden2", "tank-7", "-tank")).noneMatch(pattern::matches);
        assertThat(DevicePattern.of("").matches("anybody")).isTrue();
        assertThat(DevicePattern.of("ab*ba").matches("aba")).isFalse();
    }

    /** The values come a minute apart. */
    private static List<String> told(Watch watch, double... values) {
        List<String> told = new ArrayList<>();
        Instant time = NOON;
        for (double value : values) {
            watch.look(value, time, true, time).ifPresent(crossing -> told.add(value + " " + crossing));
            time = time.plusSeconds(60);
        }
        return told;
    }
}
