package org.caravanhub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.caravanhub.TestPostgres;
import org.caravanhub.store.DrilledDump;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresCopies;
import org.caravanhub.store.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL elsewhere is saved and comes back too; a server that is away is noticed. */
class PostgresBackupTest {
    @TempDir
    Path folder;

    @Test
    void theSchemaComesBackWithEachRowAndNoneIsAdded() throws Exception {
        try (TestPostgres postgres = TestPostgres.fresh()) {
            PostgresAddress address = PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty());
            PostgresDatabase.open(address).close();
            execute(postgres, "create table caravan.note (text text)");
            execute(postgres, "insert into caravan.note values ('a'), (E'two\\nlines'), (E'\\\\.'), ('')");
            Path data = Files.createDirectories(folder.resolve("data"));
            Sources sources = new Sources(data, folder.resolve("routes"), List.of());
            DatabaseCopies copies = new PostgresCopies(address, data);
            Backups backups = new Backups(
                    new Backups.Settings(
                            new Shelf(folder.resolve("backups")), sources, Optional.empty(), "hut", "0.1.0"),
                    copies,
                    Clock.systemUTC());

            BackupFile made = backups.make("manual", BackupListener.NONE);
            execute(postgres, "insert into caravan.note values ('later')");
            execute(postgres, "create table caravan.newer (text text)");
            Drill drill = new Drill(
                    folder.resolve("drill"),
                    folder.resolve("drill.json"),
                    place -> new DrilledDump(new PostgresCopies(address, place)),
                    Clock.systemUTC());

            assertThat(drill.run(made.path(), Optional.empty(), BackupListener.NONE)
                            .trouble())
                    .isEmpty();
            assertThat(copies.rowsNow()).containsEntry("note", 5L).containsKey("newer");
            Restore restore = new Restore(sources, copies);
            Manifest prepared = restore.prepare(made.path(), Optional.empty(), BackupListener.NONE);
            assertThat(prepared.database().rows()).containsEntry("note", 4L);
            restore.begin(prepared);
            restore.finish();
            assertThat(copies.rowsNow()).isEqualTo(prepared.database().rows());

            postgres.stop();
            assertThatThrownBy(() -> backups.make("manual", BackupListener.NONE))
                    .hasMessageContaining("cannot be copied");
            assertThat(backups.shelf().all()).hasSize(1);
        }
    }

    private static void execute(TestPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
