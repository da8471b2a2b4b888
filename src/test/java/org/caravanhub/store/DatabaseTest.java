package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {
    @TempDir
    Path folder;

    @Test
    void whatCannotBeReadAtTheStartEndsNothing() {
        try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("caravan.db"))) {
            database.whenThere(() -> {
                throw new QueriesBusy(new SQLException("database disk image is malformed"));
            });
        }
    }

    @Test
    void onlyItsOwnerCanReadTheFileAndItsLog() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            store.keep(TestStore.reading("hut", TestStore.NOON, "{\"a\":1}"));
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(store.file + suffix))))
                        .as(suffix)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aReaderCannotWrite() throws Exception {
        try (TestStore store = new TestStore(folder);
                Connection reader = store.database.readers().getConnection();
                Statement statement = reader.createStatement()) {
            assertThatThrownBy(() -> statement.execute("delete from reading"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void theNewestMigrationIsTheOneThatTheProgramKnows() {
        assertThat(getClass().getResource("/db/migration")).isNotNull();
        String[] files =
                new java.io.File(getClass().getResource("/db/migration").getPath()).list();
        assertThat(files).anyMatch(file -> file.startsWith("V%04d__".formatted(Schema.NEWEST)));
        assertThat(files).noneMatch(file -> file.startsWith("V%04d__".formatted(Schema.NEWEST + 1)));
    }

    @Test
    void aDatabaseOfAnOlderCaravanIsBroughtUpToDateAndKeepsWhatItHad() throws Exception {
        Path file = folder.resolve("caravan.db");
        execute(file, "pragma application_id = " + SqliteDatabase.APPLICATION_ID);
        Flyway.configure()
                .dataSource(SqliteDatabase.url(file), null, null)
                .locations("classpath:db/migration")
                .target("1")
                .load()
                .migrate();
        execute(file, "insert into device (id, family, first_seen_at, last_seen_at) values ('hut', 'iot', 1, 2)");

        try (TestStore store = new TestStore(folder)) {
            assertThat(store.text("select id || ' ' || last_seen_at from device"))
                    .isEqualTo("hut 2");
            assertThat(store.number("select count(*) from event")).isZero();
        }
    }

    @Test
    void aDatabaseOfANewerCaravanIsRefusedAndLeftAsItIs() throws Exception {
        Path file = folder.resolve("caravan.db");
        SqliteDatabase.open(file).close();
        execute(file, "update flyway_schema_history set version = '9999'");
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("newer Caravan (schema 9999");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void anOlderDatabaseIsCopiedBeforeItsTablesAreChanged() throws Exception {
        Path file = folder.resolve("caravan.db");
        SqliteDatabase.open(file).close();
        execute(file, "delete from flyway_schema_history where version <> '0001'");
        execute(file, "drop table event");

        // That the other tables are there already ends the change; the copy was made before.
        assertThatThrownBy(() -> SqliteDatabase.open(file)).isInstanceOf(RuntimeException.class);
        assertThat(DatabaseCopy.newest(file))
                .hasValueSatisfying(
                        copy -> assertThat(copy.getFileName()).asString().contains("before-schema-" + Schema.NEWEST));
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws Exception {
        Path file = folder.resolve("caravan.db");
        execute(file, "create table photos (id integer primary key)");
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("another program");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws Exception {
        Path file = folder.resolve("caravan.db");
        byte[] photo = "JFIF, and not a database at all".repeat(200).getBytes();
        Files.write(file, photo);

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("not a database");
        assertThat(Files.readAllBytes(file)).isEqualTo(photo);
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SqliteDatabase.url(file));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
