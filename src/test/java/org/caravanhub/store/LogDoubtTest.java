package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanhub.store.TestStore.NOON;
import static org.caravanhub.store.TestStore.reading;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.reading.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

final class LogDoubtTest {
    private static final SQLException FAILED_SYNC =
            new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR_FSYNC);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void afterAFailedSyncNothingIsWrittenWhileSomebodyKeepsTheLogFromBeingFolded() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            store.keep(reading("hut", NOON, "{\"n\":1}"));
            LogDoubt doubt = new LogDoubt();
            try (Connection writer = store.stranger()) {
                doubt.settle(writer);
                assertThat(store.database.walBytes()).as("no doubt, no folding").isPositive();

                doubt.commitFailed(FAILED_SYNC);
                try (Connection reader = store.stranger();
                        Statement statement = reader.createStatement();
                        ResultSet rows = statement.executeQuery("select * from reading")) {
                    assertThat(rows.next()).isTrue();
                    store.keep(reading("hut", NOON.plusSeconds(1), "{\"n\":2}"));
                    assertThatThrownBy(() -> doubt.settle(writer)).hasMessageContaining("somebody reads it");
                }
                assertThatCode(() -> doubt.settle(writer)).doesNotThrowAnyException();
                assertThat(store.database.walBytes()).isZero();
            }
        }
    }

    @Test
    void aRepeatOfWhatAFailedCommitLeftInTheLogIsAcknowledgedOnlyWhenTheLogIsFolded() throws Exception {
        List<TableTarget> tables = new ArrayList<>();
        try (TestStore store = new TestStore(folder, target -> {
            tables.add((TableTarget) target);
            return target;
        })) {
            Reading kept = reading("hut", NOON, "{\"n\":1}");
            store.keep(kept);
            try (Connection reader = store.stranger();
                    Statement statement = reader.createStatement();
                    ResultSet rows = statement.executeQuery("select * from reading")) {
                assertThat(rows.next()).isTrue();
                store.keep(reading("hut", NOON.plusSeconds(1), "{\"n\":2}"));
                tables.get(0).commitFailed(FAILED_SYNC);
                CompletableFuture<Receipt> repeat = store.give(0, kept);
                Await.until("the writer tells of its trouble", PATIENCE, () -> store.writer
                        .state()
                        .trouble()
                        .filter(reason -> reason.contains("somebody reads it"))
                        .isPresent());
                assertThat(repeat).isNotDone();
                rows.close();
                assertThat(repeat.get(10, TimeUnit.SECONDS)).isEqualTo(new Receipt(1, 0, 1, 0));
            }
        }
    }
}
