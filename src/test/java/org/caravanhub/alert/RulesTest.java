package org.caravanhub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Shelf;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each of the built-in rules takes for wrong, and for well again. */
class RulesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong();
    private final Set<String> heard = new HashSet<>();
    private List<String> open = List.of();

    @Test
    void aHubIsSilentOnlyIfItEverHadADevice() {
        boolean[] any = {false};
        Silence silence = new Silence(nanos::get, () -> any[0], within -> heard, name -> open);
        pass(HOUR);
        assertThat(silence.ofHub(HOUR)).isEmpty();

        any[0] = true;
        assertThat(silence.ofHub(HOUR)).singleElement().satisfies(found -> {
            assertThat(found.over()).isFalse();
            assertThat(found.title()).isEqualTo("No reading of any device for 60 min");
        });

        silence.kept(List.of("hut"));
        assertThat(silence.ofHub(HOUR)).singleElement().matches(Finding::over);
    }

    @Test
    void aSensorThatDiedIsToldButNotOneThatIsAwayOrAlwaysSlow() {
        Silence silence = new Silence(nanos::get, () -> true, within -> heard, name -> open);
        for (int i = 0; i < 10; i++) {
            silence.kept(List.of("fast", "gone"));
            pass(Duration.ofMinutes(1));
        }
        for (int i = 0; i < 10; i++) {
            silence.kept(List.of("slow"));
            pass(Duration.ofMinutes(30));
        }
        heard.addAll(List.of("fast", "slow"));

        assertThat(silence.ofSensors(HOUR)).extracting(Finding::device).containsExactly("fast");

        open = List.of("fast");
        silence.kept(List.of("fast"));
        assertThat(silence.ofSensors(HOUR)).singleElement().satisfies(found -> {
            assertThat(found.device()).isEqualTo("fast");
            assertThat(found.over()).isTrue();
        });
    }

    @Test
    void aCheckThatTremblesIsNotTold() {
        Health[] disk = {Health.warning("The disk is 91 % full.", "", "Delete something.")};
        HubChecks checks = new HubChecks(() -> List.of(new HealthReport.Line("disk", disk[0])), nanos::get);
        Duration hold = Duration.ofMinutes(5);

        assertThat(checks.look("disk", "warning", hold)).isEmpty();
        pass(Duration.ofMinutes(4));
        disk[0] = Health.ok("The disk is 84 % full.");
        assertThat(checks.look("disk", "warning", hold)).singleElement().matches(Finding::over);
        disk[0] = Health.warning("The disk is 91 % full.", "", "Delete something.");
        pass(Duration.ofMinutes(4));
        assertThat(checks.look("disk", "warning", hold)).isEmpty();
        pass(Duration.ofMinutes(5));
        assertThat(checks.look("disk", "warning", hold))
                .singleElement()
                .extracting(Finding::title)
                .isEqualTo("Hub, disk: The disk is 91 % full.");
        assertThat(checks.look("!disk", "warning", hold)).isEmpty();
        disk[0] = Health.unknown("Nobody looked.", "");
        assertThat(checks.look("disk", "warning", hold)).isEmpty();
    }

    @Test
    void quarantineIsJudgedByHowFastItGrows() {
        QuarantineGrowth growth = new QuarantineGrowth(nanos::get);
        Duration quarter = Duration.ofMinutes(15);
        growth.committed(10_000, 25);
        assertThat(growth.growing(20, quarter)).isEmpty();

        pass(Duration.ofMinutes(16));
        assertThat(growth.growing(20, quarter)).singleElement().matches(Finding::over);
        growth.committed(100, 25);
        assertThat(growth.growing(20, quarter)).singleElement().matches(found -> !found.over());

        pass(Duration.ofMinutes(16));
        growth.growing(20, quarter);
        pass(Duration.ofMinutes(1));
        assertThat(growth.growing(20, quarter)).singleElement().matches(Finding::over);
    }

    @Test
    void aBackupOfLastWeekIsOld(@TempDir Path folder) throws Exception {
        BackupAge age = new BackupAge(
                () -> new Shelf(folder).newest().map(BackupFile::madeAt), Clock.fixed(TestAlerts.NOON, ZoneOffset.UTC));
        assertThat(age.old(Duration.ofHours(48)))
                .singleElement()
                .extracting(Finding::title)
                .isEqualTo("There is no backup");

        Files.createFile(folder.resolve("caravan-20260525T120000Z-daily.tar.gz"));
        Files.createFile(folder.resolve("caravan-20260601T110000Z-daily.tar.gz.part"));
        assertThat(age.old(Duration.ofHours(48)))
                .singleElement()
                .extracting(Finding::title)
                .isEqualTo("The newest backup is 7 days old");
        Files.createFile(folder.resolve("caravan-20260601T110000Z-daily.tar.gz"));
        assertThat(age.old(Duration.ofHours(48))).singleElement().matches(Finding::over);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
