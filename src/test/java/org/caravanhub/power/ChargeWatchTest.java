package org.caravanhub.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.Test;

/** A day of a power station, minute by minute, by a clock that somebody sets and one that nobody can. */
final class ChargeWatchTest {
    private static final ChargeRule RULE = new ChargeRule("ecoflow-R331", 30, 10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant wall = Instant.parse("2026-06-01T12:00:00Z");
    private long nanos = 7;
    private int changes;
    private final ChargeWatch watch = watch();

    private ChargeWatch watch() {
        ChargeWatch made = new ChargeWatch(RULE, clock(), () -> nanos);
        made.whenChanged(() -> changes++);
        return made;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return wall;
            }
        };
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    private Profile tell(double... percents) {
        for (double percent : percents) {
            pass(MINUTE);
            watch.heard(List.of(reading("ecoflow-R331", "{\"in_w\":0,\"soc_percent\":" + percent + "}", 0)));
        }
        return watch.now().profile();
    }

    private Outcome reading(String device, String metrics, int flags) {
        return new Reading(
                Source.of(device, "ecoflow"),
                wall,
                wall,
                Metrics.ofChecked(metrics.getBytes(StandardCharsets.UTF_8)),
                flags);
    }

    @Test
    void aDayGoesDownToTheFloorAndUpAgainWithFourChanges() {
        assertThat(tell(60, 31, 30, 30)).isEqualTo(Profile.NORMAL);
        assertThat(tell(29)).as("one reading").isEqualTo(Profile.NORMAL);
        assertThat(tell(29)).isEqualTo(Profile.SAVING);
        assertThat(watch.now().why()).isEqualTo("ecoflow-R331 has 29 %; what can wait does so until it has 35 %.");
        assertThat(tell(31, 34.9, 30, 12, 11)).isEqualTo(Profile.SAVING);
        assertThat(tell(10, 9)).isEqualTo(Profile.FLOOR);
        assertThat(tell(11, 14.9)).isEqualTo(Profile.FLOOR);
        assertThat(tell(15, 16)).isEqualTo(Profile.SAVING);
        assertThat(tell(34, 35, 36)).isEqualTo(Profile.NORMAL);
        assertThat(changes).isEqualTo(4);
        assertThat(watch.now().since()).contains(wall);
    }

    /** Who sleeps for fifteen minutes has not heard yet that it may speak again. */
    @Test
    void whoWasAdvisedIsGivenTimeToHearThatItIsOver() {
        assertThat(watch.advised()).isZero();
        tell(25, 25);
        assertThat(watch.advised()).isEqualTo(Duration.ofMinutes(5));
        tell(5, 5);
        assertThat(watch.advised()).isEqualTo(Duration.ofMinutes(15));
        tell(60, 60);
        assertThat(watch.advised()).isEqualTo(Duration.ofMinutes(5));
        pass(Duration.ofMinutes(15));
        assertThat(watch.advised()).isZero();
    }

    @Test
    void aSingleAbsurdValueSwitchesNothing() {
        assertThat(tell(64, 0, 64, 64, 0, 64)).isEqualTo(Profile.NORMAL);
        assertThat(tell(20, 20, 100, 20)).isEqualTo(Profile.SAVING);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aHundredZerosInOneMomentAreOneMistakeToo() {
        tell(64);
        for (int i = 0; i < 100; i++) {
            watch.take(new Charge(0, wall));
            nanos += 1_000_000;
        }
        assertThat(watch.now().profile()).isEqualTo(Profile.NORMAL);
        pass(ChargeWatch.SURE);
        watch.take(new Charge(0, wall));
        assertThat(watch.now().profile()).isEqualTo(Profile.FLOOR);
    }

    @Test
    void twoThatAskForDifferentThingsAgreeOnTheLesserOne() {
        assertThat(tell(60, 25, 8)).isEqualTo(Profile.SAVING);
        assertThat(tell(8, 8)).isEqualTo(Profile.FLOOR);
        assertThat(tell(50, 20)).isEqualTo(Profile.SAVING);
    }

    @Test
    void whatIsOfAnotherDeviceOrOldOrNoChargeIsNotHeard() {
        tell(60);
        for (int i = 0; i < 3; i++) {
            pass(MINUTE);
            watch.heard(List.of(
                    reading("ecoflow-R332", "{\"soc_percent\":5}", 0),
                    reading("ecoflow-R331", "{\"soc_percent\":5}", Flag.RETAINED.bit()),
                    reading("ecoflow-R331", "{\"soc_percent\":5}", Flag.LATE.bit()),
                    reading("ecoflow-R331", "{\"soc_percent\":-1}", 0),
                    reading("ecoflow-R331", "{\"soc_percent\":\"5\"}", 0),
                    reading("ecoflow-R331", "{\"cells\":{\"soc_percent\":5}}", 0)));
        }
        assertThat(watch.now().percent()).hasValue(60);
        assertThat(changes).isZero();
    }

    @Test
    void silenceKeepsTheProfileForADayWhateverTheClockShows() {
        tell(20, 20);
        wall = Instant.parse("2031-01-01T00:00:00Z");
        watch.look();
        assertThat(watch.isSaving()).as("the clock jumped by years").isTrue();
        wall = Instant.EPOCH;
        pass(Duration.ofHours(23));
        watch.look();
        assertThat(watch.isSaving()).isTrue();
        pass(Duration.ofHours(1));
        watch.look();
        assertThat(watch.now().profile()).isEqualTo(Profile.NORMAL);
        assertThat(watch.now().why()).contains("Nothing was heard").contains("for a day");
        assertThat(watch.isKnown()).isFalse();
        assertThat(tell(20, 20)).as("it is back").isEqualTo(Profile.SAVING);
    }

    @Test
    void aRestartGoesOnWhereItWas() {
        watch.remember(Profile.SAVING, wall.minus(Duration.ofHours(3)));
        assertThat(watch.savingFor()).contains(Duration.ofHours(3));
        watch.recall(Optional.of(new Charge(33, wall.minus(MINUTE))), true);
        assertThat(watch.now().profile()).as("33 % on the way up").isEqualTo(Profile.SAVING);
        assertThat(tell(36)).isEqualTo(Profile.SAVING);
        assertThat(tell(36)).isEqualTo(Profile.NORMAL);
    }

    @Test
    void aFirstStartBeginsWithTheNewestReading() {
        watch.recall(Optional.of(new Charge(15, wall.minus(MINUTE))), true);
        assertThat(watch.now().profile()).isEqualTo(Profile.SAVING);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aHubThatWasOffForDaysIsNotHeldByWhatItRemembers() {
        watch.remember(Profile.FLOOR, wall.minus(Duration.ofDays(6)));
        watch.recall(Optional.empty(), false);
        assertThat(watch.now().profile()).as("nobody knows what day it is").isEqualTo(Profile.FLOOR);
        watch.recall(Optional.empty(), true);
        assertThat(watch.now().profile()).isEqualTo(Profile.NORMAL);
    }

    @Test
    void aDatabaseThatComesLateOverthrowsNothing() {
        tell(60);
        watch.recall(Optional.of(new Charge(5, wall)), true);
        assertThat(watch.now().percent()).hasValue(60);
    }

    /** Whatever the charge does: not too many changes, and no profile that it does not stand for. */
    @Test
    void randomDaysAreNeverAgainstTheRule() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            double charge = 40 + random.nextInt(60);
            double drift = 0;
            int crossings = 0;
            Profile ideal = watch.now().profile();
            changes = 0;
            for (int minute = 0; minute < 1440; minute++) {
                drift = random.nextInt(180) == 0 ? random.nextDouble(-0.5, 0.5) : drift;
                charge = Math.max(0, Math.min(100, charge + drift));
                Profile before = ideal;
                ideal = RULE.after(ideal, charge);
                crossings += before == ideal ? 0 : 1;
                boolean isAbsurd = random.nextInt(50) == 0 && minute % 3 == 0;
                tell(isAbsurd ? random.nextInt(101) : Math.min(100, charge + random.nextDouble(0, 1)));
                Profile is = watch.now().profile();
                assertThat(is != Profile.NORMAL && charge > RULE.normalFrom() + 3)
                        .as("saving with %s %% at minute %s of day %s", charge, minute, seed)
                        .isFalse();
                assertThat(is == Profile.NORMAL && charge < RULE.savingBelow() - 4)
                        .as("as usual with %s %% at minute %s of day %s", charge, minute, seed)
                        .isFalse();
            }
            assertThat(changes).as("changes of day %s", seed).isLessThanOrEqualTo(crossings + 4);
            tell(60, 60, 60);
        }
    }
}
