package org.caravanhub.salvage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SalvagedFileTest {
    private static final int READINGS = 5000;
    private static final long MINUTE_OF_NOON = 29_672_640;

    @TempDir
    Path folder;

    private Path file;
    private Connection sqlite;

    @BeforeEach
    void makeTables() throws Exception {
        file = folder.resolve("live.db");
        sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        execute("pragma journal_mode = wal");
        String tables = Files.readString(Path.of(getClass()
                .getResource("/db/migration/V0001__create_reading.sql")
                .toURI()));
        for (String statement : tables.replaceAll("(?m)--.*$", "").split(";")) {
            if (!statement.isBlank()) {
                execute(statement);
            }
        }
        execute("insert into device (id, family, first_seen_at, last_seen_at) values ('hut', 'caravan', 1, 2)");
        execute("insert into source values (7, 'hut', 'caravan', '', '', '', '', '')");
        execute("insert into shape values (3, '[\"temperature_c\",\"humidity_percent\"]')");
        execute("insert into ledger values ('caravan-telemetry', 5003, 5000, 2, 1)");
        execute("with recursive n (i) as (select 0 union all select i + 1 from n where i < " + (READINGS - 1) + ")"
                + " insert into reading select " + MINUTE_OF_NOON + " + i / 60, 7, (" + MINUTE_OF_NOON
                + " + i / 60) * 60000 + i % 60 * 1000, 1780358400000, 0, 3, '[' || i || ',40.5]' from n");
    }

    @Test
    void allRowsAreFoundWhereverSqliteKeepsThem() throws Exception {
        // In the log only, so far: nothing was folded in.
        Survey survey = survey(copy());
        assertThat(survey.count(Tables.READING)).isEqualTo(READINGS);
        assertThat(survey.lost()).isEmpty();
        assertThat(survey.rows(Tables.LEDGER)).singleElement().satisfies(row -> {
            assertThat(row.text(0)).isEqualTo("caravan-telemetry");
            assertThat(row.number(1)).isEqualTo(5003);
        });
        // Once in its table, once in its index.
        assertThat(survey.rows(Tables.SOURCE))
                .hasSize(2)
                .allMatch(row -> row.rowid() == 7 && "hut".equals(row.text(1)));
        assertThat(survey.rows(Tables.SHAPE).stream().map(Row::rowid)).containsExactlyInAnyOrder(0L, 0L, 3L, 3L);

        execute("pragma wal_checkpoint(truncate)");
        assertThat(values(copy())).isEqualTo(expected());
    }

    @Test
    void aRowThatWasNotCommittedIsNotFound() throws Exception {
        execute("begin");
        execute("insert into reading select minute + 500000, source_id, measured_at + 30000000000, received_at, flags,"
                + " shape_id, \"values\" from reading limit 3000");
        execute("pragma cache_spill = 1");
        assertThat(survey(copy()).count(Tables.READING)).isEqualTo(READINGS);
        execute("rollback");
    }

    @Test
    void aLogThatEndsInTheMiddleCountsAsFarAsItWasCommitted() throws Exception {
        execute("pragma wal_checkpoint(truncate)");
        execute("update reading set flags = 1 where \"values\" = '[1,40.5]'");
        execute("insert into ledger values ('late', 1, 1, 0, 0)");
        Path copy = copy();
        Path log = Path.of(copy + "-wal");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length - 100] ^= 1;
        Files.write(log, bytes);
        assertThat(survey(copy).rows(Tables.LEDGER)).hasSize(1);
        assertThat(flagged(copy)).isEqualTo(1);
    }

    @Test
    void aRowLargerThanAPageIsPutTogetherAgain() throws Exception {
        execute("insert into quarantine values (1, 1780358400000, 'a/b', randomblob(100000), 100000, 'hut', 'not_json',"
                + " 'no', 'flow', 'step')");
        execute("insert into reading values (1, 7, 60001, 5, 0, 0, '{\"note\":\"" + "x".repeat(9000) + "\"}')");
        execute("pragma wal_checkpoint(truncate)");
        Survey survey = survey(copy());
        assertThat(survey.count(Tables.READING)).isEqualTo(READINGS + 1);
        assertThat(survey.count(Tables.QUARANTINE)).isEqualTo(1);
        assertThat(survey.lost()).isEmpty();
        assertThat(values(copy())).contains("{\"note\":\"" + "x".repeat(9000) + "\"}");
    }

    /** SQLite does not write a column that is added later to the rows that there are. */
    @Test
    void sumsOfBeforeThereWasCoveredTimeAreFoundToo() throws Exception {
        execute(
                "create table roll_up_hour (series_id integer not null, bucket integer not null, count integer not null,"
                        + " min real not null, max real not null, sum real not null, last real not null, last_at integer not null,"
                        + " energy_wh real, primary key (series_id, bucket)) strict, without rowid");
        execute("insert into roll_up_hour values (9, 494544, 60, 1, 2, 90, 1.5, 494544 * 3600000 + 7, 12.5)");
        execute("alter table roll_up_hour add column covered_ms integer");
        execute("insert into roll_up_hour values (9, 494545, 60, 1, 2, 90, 1.5, 494545 * 3600000 + 7, 12.5, 3600000)");
        execute("pragma wal_checkpoint(truncate)");

        assertThat(survey(copy()).count("roll_up_hour")).isEqualTo(2);
    }

    @Test
    void whatWasDeletedDoesNotComeBack() throws Exception {
        execute("pragma wal_checkpoint(truncate)");
        execute("delete from reading where minute < " + (MINUTE_OF_NOON + 60));
        execute("pragma wal_checkpoint(truncate)");
        assertThat(values(copy())).isEqualTo(expected());
    }

    @Test
    void aPageThatIsOverwrittenLosesItsOwnRowsAndTellsBetweenWhich() throws Exception {
        execute("pragma wal_checkpoint(truncate)");
        Path copy = copy();
        Damage.pageWith("[2500,40.5]", copy);

        Survey survey = survey(copy);
        long gone = READINGS - survey.count(Tables.READING);
        assertThat(gone).isBetween(20L, 120L);
        assertThat(survey.lost()).singleElement().satisfies(lost -> {
            assertThat(lost.table()).isEqualTo(Tables.READING);
            assertThat((long) lost.rowsAtMost()).isGreaterThanOrEqualTo(gone);
            long before = index(lost.before().orElseThrow());
            long after = index(lost.after().orElseThrow());
            assertThat(after - before - 1).isEqualTo(gone);
            assertThat(2500L).isBetween(before, after);
        });
    }

    @Test
    void aDamagedRootLosesOnlyTheRowsThatLieOnIt() throws Exception {
        execute("pragma wal_checkpoint(truncate)");
        int root = (int) number("select rootpage from sqlite_schema where name = 'reading'");
        Path copy = copy();
        Damage.page(root, copy);
        Damage.page(1, copy);
        Survey survey = survey(copy);
        assertThat(survey.isOurs()).isTrue();
        assertThat(survey.count(Tables.READING)).isBetween(READINGS * 97L / 100, READINGS - 1L);
    }

    @Test
    void anyByteMayBeWrongAndAlmostNothingIsLost() throws Exception {
        execute("pragma wal_checkpoint(truncate)");
        Set<String> all = expected();
        byte[] good = Files.readAllBytes(copy());
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            Path copy = Files.write(folder.resolve("flipped.db"), good);
            String what = Damage.somewhere(copy, false, random);
            Set<String> found = values(copy);
            found.retainAll(all);
            int missing = all.size() - found.size();
            assertThat(missing).as("seed %d, %s", seed, what).isLessThan(READINGS / 100);
        }
    }

    /** Noise in the place of a database must end, and find nothing. */
    @Test
    void noiseHoldsNoRows() throws Exception {
        byte[] noise = new byte[Pages.SIZE * 200];
        new Random(1).nextBytes(noise);
        Survey survey = survey(Files.write(folder.resolve("noise.db"), noise));
        assertThat(survey.isOurs()).isFalse();
    }

    private static Survey survey(Path file) throws Exception {
        try (SalvagedFile salvaged = SalvagedFile.open(file)) {
            return salvaged.survey();
        }
    }

    private static Set<String> values(Path file) throws Exception {
        Set<String> values = new TreeSet<>();
        try (SalvagedFile salvaged = SalvagedFile.open(file)) {
            salvaged.forEach((table, rows) -> {
                if (table.table().equals(Tables.READING)) {
                    rows.forEach(row -> values.add(row.text(6)));
                }
            });
        }
        return values;
    }

    private static long flagged(Path file) throws Exception {
        Set<Row> flagged = new java.util.HashSet<>();
        try (SalvagedFile salvaged = SalvagedFile.open(file)) {
            salvaged.forEach((table, rows) -> flagged.addAll(rows.stream()
                    .filter(row -> table.table().equals(Tables.READING) && row.number(4) == 1)
                    .collect(Collectors.toSet())));
        }
        return flagged.size();
    }

    private static long index(Row reading) {
        return Long.parseLong(reading.text(6).substring(1, reading.text(6).indexOf(',')));
    }

    private Set<String> expected() throws SQLException {
        Set<String> values = new TreeSet<>();
        try (Statement statement = sqlite.createStatement();
                ResultSet rows = statement.executeQuery("select \"values\" from reading")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = sqlite.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.getLong(1);
        }
    }

    /** As a power cut leaves it: the file and its log. */
    private Path copy() throws Exception {
        Path copy = folder.resolve("copy.db");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(Path.of(file + "-wal"), Path.of(copy + "-wal"), StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = sqlite.createStatement()) {
            statement.execute(sql);
        }
    }
}
