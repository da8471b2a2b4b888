package org.caravanhub.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.ota.Samples.NOON;
import static org.caravanhub.ota.Samples.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.caravanhub.device.Presence;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.UpdateReport.Stage;
import org.caravanhub.ota.UpdateWatch.Watched;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a device's update, by what it says and by what is seen of it. */
final class UpdateWatchTest {
    private static final Plan PLAN = plan(new Plan.Stop(0, 0));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private DeviceUpdate update = DeviceUpdate.waiting(1, "hut", "2.0.0", "1.0.0", NOON);
    private Instant now = NOON;
    private Watched watched = Watched.BEGUN;

    private void says(Stage stage, int percent) {
        take(UpdateCourse.reported(
                update, new UpdateReport("hut", "2.0.0", stage, OptionalInt.of(percent), "out of flash", now)));
    }

    private void runs(String version) {
        take(UpdateCourse.seen(update, version, PLAN.healthyFor(), now));
    }

    private void offered() {
        take(UpdateCourse.offered(update, "1.0.0", now));
    }

    private void take(Optional<DeviceUpdate> next) {
        next.ifPresent(to -> update = to);
        now = now.plusSeconds(1);
    }

    /** Time passes; the device is like this, and told this last, a second ago. */
    private void passes(int minutes, Presence presence, String version, int restarts) {
        for (int i = 0; i < minutes && update.isOpen(); i++) {
            Duration spent = update.spent();
            now = now.plus(MINUTE);
            Optional<Instant> at = version.isEmpty() ? Optional.empty() : Optional.of(now.minusSeconds(1));
            Evidence evidence = new Evidence(presence, version, at, Optional.of(now.minusSeconds(1)), restarts);
            watched = UpdateWatch.watched(update, evidence, watched, MINUTE);
            DeviceUpdate was = update;
            UpdateWatch.judged(update, PLAN, false, evidence, watched, now).ifPresent(to -> update = to);
            if (update.state() != was.state() || !update.spent().equals(spent)) {
                watched = new Watched(update.spent(), Duration.ZERO, restarts);
            }
        }
    }

    @Test
    void doneIsTheNewVersionSeenAndTenMinutesOfHealth() {
        offered();
        says(Stage.DOWNLOADING, 1);
        says(Stage.INSTALLING, 0);
        says(Stage.SUCCESS, 100);
        assertThat(update.state()).isEqualTo(State.VERIFYING);
        runs("2.0.0");
        passes(9, Presence.ONLINE, "2.0.0", 0);
        assertThat(update.state()).isEqualTo(State.VERIFYING);
        passes(1, Presence.ONLINE, "2.0.0", 0);
        assertThat(update.state()).isEqualTo(State.DONE);
        assertThat(update.reason()).contains("was well for 10 min");
    }

    @Test
    void theOldVersionThatComesBackIsRolledBack() {
        offered();
        runs("2.0.0");
        passes(5, Presence.ONLINE, "2.0.0", 0);
        runs("1.0.0");
        assertThat(update.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(update.reason()).contains("runs 1.0.0 again");
    }

    @Test
    void successThatIsClaimedWithTheOldVersionDoesNotCount() {
        offered();
        says(Stage.SUCCESS, 100);
        runs("1.0.0");
        assertThat(update.state()).as("it says so before it starts again").isEqualTo(State.VERIFYING);
        passes(3, Presence.ONLINE, "1.0.0", 0);
        assertThat(update.state()).isEqualTo(State.FAILED);
        assertThat(update.reason()).contains("does not count");
    }

    @Test
    void aBootLoopIsAFailure() {
        offered();
        runs("2.0.0");
        passes(3, Presence.ONLINE, "2.0.0", 2);
        assertThat(update.state()).isEqualTo(State.VERIFYING);
        passes(1, Presence.ONLINE, "2.0.0", 3);
        assertThat(update.state()).isEqualTo(State.FAILED);
        assertThat(update.restarts()).isEqualTo(3);
    }

    @Test
    void aDeviceThatNeverTellsAVersionIsDoneByWhatItSays() {
        update = DeviceUpdate.waiting(1, "hut", "2.0.0", "", NOON);
        take(UpdateCourse.offered(update, "", now));
        says(Stage.SUCCESS, 100);
        passes(10, Presence.ONLINE, "", 0);
        assertThat(update.state()).isEqualTo(State.DONE);
        assertThat(update.reason()).contains("never tells which version it runs");
    }

    @Test
    void whoSleepsIsNotLate() {
        offered();
        says(Stage.DOWNLOADING, 20);
        passes(600, Presence.OFFLINE, "1.0.0", 0);
        passes(59, Presence.ONLINE, "1.0.0", 0);
        assertThat(update.state()).isEqualTo(State.DOWNLOADING);
        passes(1, Presence.ONLINE, "1.0.0", 0);
        assertThat(update.state()).isEqualTo(State.TIMED_OUT);
        assertThat(update.reason()).isEqualTo("it came to 20 % in 1 h");
    }

    @Test
    void whoIsNeverHeardAfterInstallingIsNotWaitedForForEver() {
        offered();
        says(Stage.INSTALLING, 0);
        passes(59, Presence.OFFLINE, "", 0);
        assertThat(update.state()).isEqualTo(State.INSTALLING);
        passes(1, Presence.OFFLINE, "", 0);
        assertThat(update.state()).isEqualTo(State.TIMED_OUT);
    }

    @Test
    void whoOnlyAsksHasADayToAskAgain() {
        offered();
        says(Stage.INSTALLING, 0);
        passes(24 * 60 - 1, Presence.NEW, "", 0);
        assertThat(update.state()).isEqualTo(State.INSTALLING);
        passes(1, Presence.NEW, "", 0);
        assertThat(update.state()).isEqualTo(State.TIMED_OUT);
    }

    @Test
    void whoOnlyAsksAndRunsItIsDoneAndMoreIsNotClaimed() {
        offered();
        says(Stage.INSTALLING, 0);
        runs("2.0.0");
        passes(24 * 60, Presence.NEW, "2.0.0", 0);
        assertThat(update.state()).isEqualTo(State.DONE);
        assertThat(update.reason())
                .isEqualTo("it runs 2.0.0; it sends nothing that tells how it is, so no more is known");
    }

    @Test
    void healthHasNoHoles() {
        offered();
        runs("2.0.0");
        passes(9, Presence.ONLINE, "2.0.0", 0);
        passes(1, Presence.OFFLINE, "2.0.0", 0);
        passes(9, Presence.ONLINE, "2.0.0", 0);
        assertThat(update.state()).isEqualTo(State.VERIFYING);
        passes(1, Presence.ONLINE, "2.0.0", 0);
        assertThat(update.state()).isEqualTo(State.DONE);
    }

    @Test
    void progressIsWorthARowEachTenPercent() {
        offered();
        int rows = 0;
        for (int percent = 0; percent <= 100; percent++) {
            DeviceUpdate was = update;
            says(Stage.DOWNLOADING, percent);
            says(Stage.DOWNLOADING, percent / 2);
            rows += was.equals(update) ? 0 : 1;
        }
        assertThat(rows).isEqualTo(11);
        assertThat(update.percent()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, FAILED", "ROLLED_BACK, ROLLED_BACK"})
    void anEndIsAnEnd(Stage said, State end) {
        offered();
        says(said, 0);
        assertThat(update.state()).isEqualTo(end);
        assertThat(update.reason()).contains("out of flash");
        DeviceUpdate ended = update;
        for (Stage late : Stage.values()) {
            says(late, 100);
        }
        runs("2.0.0");
        offered();
        passes(100, Presence.ONLINE, "2.0.0", 9);
        assertThat(update).isEqualTo(ended);
    }

    @Test
    void whatIsSaidOfAnotherVersionIsNotMeant() {
        offered();
        DeviceUpdate was = update;
        take(UpdateCourse.reported(
                update, new UpdateReport("hut", "1.9.0", Stage.FAILED, OptionalInt.empty(), "", now)));
        assertThat(update).isEqualTo(was);
    }

    @Test
    void whoHasItThreeTimesAndAsksAgainHasFailed() {
        for (int i = 1; i <= 3; i++) {
            offered();
            assertThat(update.attempts()).isEqualTo(i);
            says(Stage.DOWNLOADED, 100);
            offered();
            assertThat(update.state()).as("it may still be about to start").isEqualTo(State.INSTALLING);
            now = now.plusSeconds(130);
        }
        offered();
        assertThat(update.state()).isEqualTo(State.FAILED);
    }

    @Test
    void anUptimeThatFallsIsAStart() {
        assertThat(restarts(10, 70, 130, 190)).isZero();
        assertThat(restarts(10, 70, 5, 65)).isEqualTo(1);
        assertThat(restarts(12, 11, 13, 12))
                .as("each status is of another life")
                .isEqualTo(3);
        assertThat(restarts(5, -1, 125, 185)).as("one did not tell").isZero();
        assertThat(restarts(100_000, 100_030, 100_120)).as("a status was late").isZero();
    }

    /** A status a minute. */
    private static int restarts(long... uptimes) {
        List<Beat> beats = new ArrayList<>();
        for (long uptime : uptimes) {
            beats.add(new Beat(NOON.plusSeconds(60L * beats.size()), uptime));
        }
        return Beat.restarts(beats);
    }
}
