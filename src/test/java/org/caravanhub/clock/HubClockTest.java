package org.caravanhub.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HubClockTest {
    private static final Instant BUILT = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant KNOWN = Instant.parse("2027-03-01T12:00:00Z");
    private static final Instant SOON = KNOWN.plus(Duration.ofHours(3));

    private Instant shown = SOON;
    private long nanos;
    private boolean isSynchronised;

    @Test
    void aClockThatRunsOnIsPlausible() {
        HubClock clock = clock(Optional.of(KNOWN));
        passes(Duration.ofHours(1));

        assertThat(clock.look()).isEmpty();
        assertThat(clock.trust()).isEqualTo(Trust.PLAUSIBLE);
        assertThat(clock.mayForget()).isTrue();
    }

    @Test
    void aHubThatRunsForMonthsDoesNotDoubtItself() {
        HubClock clock = clock(Optional.of(KNOWN));
        passes(Duration.ofDays(200));
        clock.look();
        clock.ask();
        assertThat(clock.trust()).isEqualTo(Trust.PLAUSIBLE);
    }

    @Test
    void neitherBackNorForwardMayAnythingBeForgotten() {
        for (String jump : new String[] {"-P1D", "-P20000D", "P3650D"}) {
            shown = SOON;
            HubClock clock = clock(Optional.of(KNOWN));
            set(shown.plus(Duration.parse(jump)));

            assertThat(clock.look()).as(jump).isPresent();
            assertThat(clock.trust()).as(jump).isEqualTo(Trust.UNSURE);
            assertThat(clock.mayForget()).as(jump).isFalse();
        }
    }

    @Test
    void fromOneWrongTimeToAnotherIsNoCorrection() {
        shown = BUILT.plus(Duration.ofHours(15));
        HubClock clock = clock(Optional.empty());
        set(shown.minus(Duration.ofDays(1)));
        clock.look();
        set(shown.plus(Duration.ofDays(3650)));

        assertThat(clock.look().orElseThrow().isCorrection()).isFalse();
        assertThat(clock.mayForget()).isFalse();
        set(BUILT.plus(Duration.ofHours(15)));
        assertThat(clock.look().orElseThrow().isCorrection()).isTrue();
    }

    @Test
    void aClockThatBeganIn1970AndIsSetIsRightFromThenOn() {
        shown = Instant.ofEpochSecond(30);
        HubClock clock = clock(Optional.of(KNOWN));
        assertThat(clock.trust()).isEqualTo(Trust.UNSURE);
        passes(Duration.ofMinutes(2));
        set(SOON);

        Jump jump = clock.look().orElseThrow();
        assertThat(jump.wrong()).containsExactly(new Wrong(30_000, 150_000, SOON.toEpochMilli() - 150_000));
        assertThat(clock.trust()).isEqualTo(Trust.PLAUSIBLE);
        assertThat(clock.mayForget()).isTrue();
    }

    @Test
    void aClockThatIsSetWrongAndBackTellsWhichTimeWasWrong() {
        HubClock clock = clock(Optional.of(KNOWN));
        set(SOON.minus(Duration.ofDays(1)));
        assertThat(clock.look().orElseThrow().isCorrection()).isFalse();
        passes(Duration.ofMinutes(1));
        Instant wrongEnd = shown;
        set(shown.plus(Duration.ofDays(1)));

        assertThat(clock.look().orElseThrow().wrong())
                .containsExactly(new Wrong(
                        SOON.minus(Duration.ofDays(1)).toEpochMilli(),
                        wrongEnd.toEpochMilli(),
                        Duration.ofDays(1).toMillis()));
        assertThat(clock.mayForget()).isTrue();
    }

    @Test
    void aSynchronisedMachineIsTrustedWhateverItShowed() {
        HubClock clock = clock(Optional.of(KNOWN));
        set(KNOWN.plus(Duration.ofDays(90)));
        isSynchronised = true;
        clock.look();
        assertThat(clock.trust()).isEqualTo(Trust.TRUSTED);
        assertThat(clock.mayForget()).isTrue();
    }

    @Test
    void afterALongTimeOffItSaysWhyItDoubts() {
        shown = KNOWN.plus(Duration.ofDays(31));
        assertThat(clock(Optional.of(KNOWN)).why()).contains("more than 30 days after");
    }

    private HubClock clock(Optional<Instant> known) {
        Clock wall = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return shown;
            }
        };
        return new HubClock(wall, () -> nanos, () -> isSynchronised, new HubClock.Limits(false, BUILT, known));
    }

    private void passes(Duration time) {
        shown = shown.plus(time);
        nanos += time.toNanos();
    }

    private void set(Instant to) {
        shown = to;
    }
}
