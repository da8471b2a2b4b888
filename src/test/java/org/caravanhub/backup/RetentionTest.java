package org.caravanhub.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-06-28T02:00:00Z");

    private static BackupFile made(Duration before, String label, long bytes) {
        Instant at = NOW.minus(before);
        return new BackupFile(Path.of(BackupFile.name(at, label, false)), at, label, false, bytes);
    }

    @Test
    void aYearOfNightsBecomesSevenDaysFourWeeksAndSixMonths() {
        List<BackupFile> all = new ArrayList<>();
        for (int day = 0; day < 365; day++) {
            all.add(made(Duration.ofDays(day), "daily", 100));
        }

        List<BackupFile> gone = new Retention(7, 4, 6, Long.MAX_VALUE).gone(all, NOW, ZoneOffset.UTC);

        all.removeAll(gone);
        // The week and the month of the newest are those of its day.
        assertThat(all).hasSize(7 + 3 + 5);
        assertThat(gone.get(0).madeAt()).isBefore(gone.get(1).madeAt());
    }

    @Test
    void theNewestStaysHoweverLittleRoomThereIs() {
        List<BackupFile> all = List.of(made(Duration.ofDays(1), "daily", 500), made(Duration.ZERO, "daily", 500));

        assertThat(new Retention(7, 4, 6, 10).gone(all, NOW, ZoneOffset.UTC)).containsExactly(all.get(0));
        assertThat(new Retention(0, 0, 0, 0).gone(all.subList(1, 2), NOW, ZoneOffset.UTC))
                .isEmpty();
    }

    /** It was made while the clock was wrong, or has come from elsewhere, and nobody knows whether it is any good. */
    @Test
    void oneOfATimeToComeDoesNotTakeThePlaceOfTheNewest() {
        BackupFile toCome = made(Duration.ofDays(-20_000), "upload", 500);
        BackupFile now = made(Duration.ZERO, "daily", 500);
        BackupFile before = made(Duration.ofDays(1), "daily", 500);

        assertThat(new Retention(7, 4, 6, 600).gone(List.of(before, now, toCome), NOW, ZoneOffset.UTC))
                .containsExactly(before);
    }

    @Test
    void whatWasSavedBeforeARestoreIsNotLostThatNight() {
        List<BackupFile> all = List.of(
                made(Duration.ofHours(9), "before-restore", 1),
                made(Duration.ZERO, "daily", 1),
                made(Duration.ofDays(20), "before-restore", 1));

        assertThat(new Retention(1, 0, 0, 1000).gone(all, NOW, ZoneOffset.UTC)).containsExactly(all.get(2));
    }
}
