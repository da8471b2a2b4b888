package org.caravanhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day               | 06:30       | 2026-11-21T05:29:59Z | 2026-11-21T05:30:00Z",
                "day               | 06:30       | 2026-11-21T05:30:00Z | 2026-11-22T05:30:00Z",
                "monday            | 06:30       | 2026-11-21T12:00:00Z | 2026-11-23T05:30:00Z",
                "saturday          | 6:30        | 2026-11-21T12:00:00Z | 2026-11-28T05:30:00Z",
                "weekday           | 06:30,18:00 | 2026-11-20T12:00:00Z | 2026-11-20T17:00:00Z",
                "weekday           | 06:30,18:00 | 2026-11-20T17:00:00Z | 2026-11-23T05:30:00Z",
                "Monday, thursday  | 00:00       | 2026-11-23T12:00:00Z | 2026-11-25T23:00:00Z",
                // The clock goes from 2 to 3, and half past two is half past three.
                "day               | 02:30       | 2026-03-28T12:00:00Z | 2026-03-29T01:30:00Z",
                // The clock goes from 3 to 2, and half past two is there twice: the first counts, and only that.
                "day               | 02:30       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z",
                "day               | 02:30       | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z",
            })
    void theNextTimeIsTheOneOnTheWall(String when, String at, Instant after, Instant next) {
        assertThat(((Timing.Calendar) Timing.of(when, at)).next(after, BERLIN)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"15m,PT15M", "1h30m,PT1H30M", "1s,PT1S", "1500ms,PT1.5S", "2d,PT48H"})
    void aPeriodIsWrittenWithItsUnits(String when, Duration period) {
        assertThat(Timing.of(when, "")).isEqualTo(new Timing.Period(period));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500ms   | ''    | every:500ms is too often; a flow runs at most each second",
                "mondy   | ''    | every:mondy is no time; write 15m, 1h30m, day",
                "15      | ''    | every:15 is no time; write 15m",
                "15m     | 06:30 | at belongs to days; write every:day with at: 06:30",
                "day     | 6.30  | at is \"6.30\"; it must be times of the day such as 06:30",
            })
    void whatIsNoTimeSaysWhatWouldBe(String when, String at, String message) {
        assertThatThrownBy(() -> Timing.of(when, at)).hasMessageContaining(message);
    }

    @Test
    void anEmptyDayIsNone() {
        assertThatThrownBy(() -> Timing.of("", "")).hasMessageContaining("is no time");
    }
}
