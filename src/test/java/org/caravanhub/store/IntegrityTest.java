package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.Await;
import org.caravanhub.reading.Outcome;
import org.caravanhub.salvage.Damage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is damaged, or taken away, in its various ways. */
final class IntegrityTest {
    private static final int READINGS = 3000;

    @TempDir
    Path folder;

    @Test
    void aDamagedPageCostsItsOwnRowsAndTheAlarmSaysWhich() throws Exception {
        Path file = filled();
        Damage.pageWith("[1500]", file);

        try (TestStore store = new TestStore(folder);
                Integrity integrity = resting(store)) {
            assertThat(integrity.check()).isNotEqualTo("ok");
            assertThat(store.keep(TestStore.reading("hut", TestStore.NOON.minusSeconds(60), "{\"a\":-1}"))
                            .stored())
                    .isEqualTo(1);
            DamageReport report = awaitReport(integrity);

            long there = store.number("select count(*) from reading");
            assertThat(there).isBetween(READINGS * 95L / 100, READINGS + 0L);
            assertThat(report.rowsBack()).isEqualTo(there - 1);
            assertThat(READINGS + 1 - there).isLessThanOrEqualTo(report.rowsLost());
            assertThat(report.lost())
                    .singleElement()
                    .asString()
                    .contains("readings of any device, measured from 2026-06-01T12:2");
            assertThat(store.number("select sum(stored) from ledger")).isEqualTo(READINGS + 1);
            assertThat(store.number("select received from device where id = 'hut'"))
                    .isEqualTo(READINGS + 1);
            assertThat(store.text("pragma integrity_check")).isEqualTo("ok");
            assertThat(report.file()).exists();
        }
    }

    @Test
    void whatTheDamagedPageHeldComesBackFromTheBackup() throws Exception {
        Path file = filled();
        DatabaseCopy.of(file, "test", Clock.systemUTC().instant());
        Damage.pageWith("[1500]", file);

        try (TestStore store = new TestStore(folder);
                Integrity integrity = watching(store)) {
            integrity.check();
            DamageReport report = awaitReport(integrity);
            assertThat(store.number("select count(*) from reading")).isEqualTo(READINGS);
            assertThat(report.rowsFromBackup()).isPositive().isLessThanOrEqualTo(report.rowsLost());
            assertThat(store.number("select sum(stored) from ledger")).isEqualTo(READINGS);
        }
    }

    @Test
    void aWriterThatComesUponADamagedPageGoesOnByItself() throws Exception {
        Path file = filled();
        // The last leaf, where the next reading goes.
        Damage.pageWith("[" + (READINGS - 1) + "]", file);

        try (TestStore store = new TestStore(folder);
                Integrity integrity = resting(store)) {
            assertThat(integrity.state().reports()).isEmpty();
            Receipt receipt = store.keep(TestStore.reading("hut", TestStore.NOON.plusSeconds(READINGS), "{\"a\":1}"));
            assertThat(receipt.stored()).isEqualTo(1);
            awaitReport(integrity);
            assertThat(store.number("select count(*) from reading")).isGreaterThan(READINGS * 95L / 100);
        }
    }

    @Test
    void aFileWhoseFirstPageIsGoneIsReplacedAtTheStart() throws Exception {
        Path file = filled();
        Damage.page(1, file);

        try (TestStore store = new TestStore(folder);
                Integrity integrity = watching(store)) {
            awaitReport(integrity);
            assertThat(store.number("select count(*) from reading")).isEqualTo(READINGS);
        }
    }

    @Test
    void salvageThatWasInterruptedGoesOnAndCountsNothingTwice() throws Exception {
        Path file = filled();
        Damage.page(1, file);
        try (TestStore store = new TestStore(folder);
                Integrity integrity = watching(store)) {
            DamageReport report = awaitReport(integrity);
            // As if the hub had been killed before it could write that it was done.
            new DamagedFiles(store.file).save(DamageReport.begun(report.file(), report.foundAt(), report.reason()));
        }
        try (TestStore store = new TestStore(folder);
                Integrity integrity = watching(store)) {
            DamageReport report = awaitReport(integrity);
            assertThat(report.rowsBack()).isZero();
            assertThat(store.number("select count(*) from reading")).isEqualTo(READINGS);
            assertThat(store.number("select sum(received) from ledger")).isEqualTo(READINGS);
        }
    }

    @Test
    void aDatabaseThatIsDeletedUnderTheHubIsCopiedFromWhatTheHubStillHolds() throws Exception {
        Path file = filled();
        try (TestStore store = new TestStore(folder);
                Integrity integrity = watching(store)) {
            store.keep(TestStore.reading("hut", TestStore.NOON.minusSeconds(1), "{\"a\":1}"));
            Files.delete(file);
            DamageReport report = awaitReport(integrity);
            assertThat(report.reason()).contains("removed");
            assertThat(store.number("select count(*) from reading")).isEqualTo(READINGS + 1);
            assertThat(store.number("select sum(stored) from ledger")).isEqualTo(READINGS + 1);
            store.keep(TestStore.reading("hut", TestStore.NOON.minusSeconds(2), "{\"a\":1}"));
            assertThat(store.number("select count(*) from reading")).isEqualTo(READINGS + 2);
        }
    }

    @Test
    void aCheckThatComesUponADeletedDatabasePutsNoneInItsPlace() throws Exception {
        Path file = filled();
        try (TestStore store = new TestStore(folder);
                Integrity integrity = resting(store)) {
            Files.delete(file);
            assertThat(integrity.check()).startsWith("not known");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aCheckThatComesUponAnotherDatabaseRescuesTheOneThatTheHubHolds() throws Exception {
        Path file = filled();
        try (TestStore store = new TestStore(folder);
                Integrity integrity = resting(store)) {
            store.keep(TestStore.reading("hut", TestStore.NOON.minusSeconds(1), "{\"a\":1}"));
            Files.delete(file);
            Files.createFile(file);
            integrity.check();
            assertThat(awaitReport(integrity).reason()).contains("another file");
            assertThat(store.number("select count(*) from reading")).isEqualTo(READINGS + 1);
        }
    }

    @Test
    void aDatabaseThatIsMissingAtTheStartIsFilledFromTheNewestBackup() throws Exception {
        Path file = filled();
        DatabaseCopy.of(file, "test", Clock.systemUTC().instant());
        Files.delete(file);

        try (TestStore store = new TestStore(folder);
                Integrity integrity = watching(store)) {
            DamageReport report = awaitReport(integrity);
            assertThat(report.reason()).contains("no database at the start");
            assertThat(store.number("select count(*) from reading")).isEqualTo(READINGS);
            assertThat(store.number("select sum(stored) from ledger")).isEqualTo(READINGS);
        }
    }

    @Test
    void theWarningStaysUntilTheDamagedFileIsTakenAway() throws Exception {
        Damage.page(1, filled());
        try (TestStore store = new TestStore(folder);
                Integrity integrity = watching(store)) {
            Files.delete(awaitReport(integrity).file());
            assertThat(integrity.state().reports()).isEmpty();
        }
    }

    private static Integrity watching(TestStore store) {
        Integrity integrity = resting(store);
        integrity.start();
        return integrity;
    }

    /** One that does only what it is asked to. */
    private static Integrity resting(TestStore store) {
        return new Integrity(
                store.database, store.writer, Duration.ofMinutes(1), Duration.ofMillis(200), Clock.systemUTC());
    }

    private static DamageReport awaitReport(Integrity integrity) {
        Await.until("a damaged file is read to its end", Duration.ofSeconds(20), () -> {
            List<DamageReport> reports = integrity.state().reports();
            return !reports.isEmpty() && reports.get(reports.size() - 1).isFinished();
        });
        return integrity.state().reports().get(integrity.state().reports().size() - 1);
    }

    /** A database with a reading a second, and its log folded in. */
    private Path filled() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < READINGS; i++) {
                outcomes.add(TestStore.reading("hut", TestStore.NOON.plusSeconds(i), "{\"a\":" + i + "}"));
            }
            store.keep(outcomes.toArray(Outcome[]::new));
            return store.file;
        }
    }
}
