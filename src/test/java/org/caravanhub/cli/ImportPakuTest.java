package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.caravanhub.TestPostgres;
import org.caravanhub.api.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paku's tables in a real PostgreSQL become readings of a real hub. */
class ImportPakuTest {
    private static TestPostgres postgres;

    @TempDir
    Path home;

    private TestHub hub;
    private HubCommands commands;

    @BeforeAll
    static void paku() throws Exception {
        postgres = TestPostgres.fresh();
        postgres.run(Files.readString(Path.of("src/test/resources/captured/paku/tables.sql")));
        postgres.run(
                "insert into measurements (site_id, system, device_id, location, mac, ts, metrics, created_at)"
                        + " select 'paku', 'sensors', 'ruuvi_1_Reppu', 'Reppu', null, ts, jsonb_build_object('temperature_c', n * 0.010, 'n', n), ts"
                        + " from generate_series(1, 12000) n, lateral (select timestamptz '2026-01-01' + n * interval '10 s' as ts) t");
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @BeforeEach
    void aHub() throws Exception {
        hub = new TestHub(home);
        commands = new HubCommands(home, hub.port());
    }

    @AfterEach
    void ends() throws Exception {
        hub.close();
    }

    private int importPaku(String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(new String[] {"import", "paku", "--from", postgres.url(), "--json"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return commands.run(arguments);
    }

    @Test
    void everyRowIsAReadingAndTheOddOnesAreKeptFlaggedOrNamed() {
        assertThat(importPaku()).as(commands.err()).isEqualTo(ExitCode.PARTLY_DONE);

        assertThat(commands.out())
                .contains(
                        "\"read\":12010,\"sent\":12007,\"stored\":12006,\"duplicate\":1,\"quarantined\":0,\"refused\":3");
        assertThat(commands.err())
                .contains("measurements id 6: the device is \"my sensor\"; allowed are")
                .contains("measurements id 7: at byte 1: ")
                .contains("measurements id 8: the time 9");

        assertThat(importPaku()).isEqualTo(ExitCode.PARTLY_DONE);
        assertThat(commands.out()).contains("\"stored\":0,\"duplicate\":12007");

        assertThat(commands.run("data", "export", "--format", "ndjson", "--until", "2025-12-31"))
                .isZero();
        assertThat(commands.out())
                .contains(
                        "\"device\":\"ruuvi_1_Reppu\",\"family\":\"paku\",\"site\":\"paku\",\"system\":\"sensors\",\"sensor\":\"\","
                                + "\"location\":\"Reppu\",\"mac\":\"AA:BB:CC:DD:EE:FF\",\"measured_at\":\"2025-12-01T20:00:00.123Z\","
                                + "\"received_at\":\"2025-12-01T20:00:01.000Z\",\"flags\":[],"
                                + "\"metrics\":{\"note\":\"ä\",\"count\":1234567890123456789012345,\"temperature_c\":21.40}}")
                .contains("\"measured_at\":\"1970-01-01T00:00:03.000Z\",\"received_at\":\"2025-12-01T20:00:02.000Z\","
                        + "\"flags\":[\"late\",\"clock_unsure\"]")
                .contains("\"device\":\"ecoflow-DCEBZ8ZE\",\"family\":\"ecoflow\"")
                .contains("\"metrics\":{\"bms_vol\":53.210,\"soc_percent\":78,\"watts_in_sum\":0}}");
    }

    @Test
    void aSpanIsOnlyThat() {
        assertThat(importPaku("--since", "2026-01-01T00:00:00Z", "--until", "2026-01-01T01:00:00Z"))
                .isZero();

        assertThat(commands.out()).contains("\"read\":359,\"sent\":359,\"stored\":359");
    }

    @Test
    void aDryRunTellsWhatWouldBeLeftOut() throws Exception {
        assertThat(importPaku("--dry-run")).isEqualTo(ExitCode.PARTLY_DONE);

        assertThat(commands.err()).contains("measurements id 6");
        assertThat(hub.get("/api/v1/ledger").body()).contains("\"received\":0,");
    }

    @Test
    void anotherDatabaseAndAServerThatIsNotThereAreRefused() {
        postgres.run("create schema other");
        String other = postgres.url() + "&currentSchema=other";
        assertThat(commands.run("import", "paku", "--from", other)).isEqualTo(ExitCode.FAILED);
        assertThat(commands.err()).contains("this database has no table measurements, so it is not paku's");

        postgres.run("create table other.measurements (id bigint, topic text)");
        assertThat(commands.run("import", "paku", "--from", other)).isEqualTo(ExitCode.FAILED);
        assertThat(commands.err()).contains("has not the columns of paku's");

        assertThat(commands.run("import", "paku", "--from", "jdbc:postgresql://127.0.0.1:1/paku"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(commands.err()).contains("127.0.0.1:1");
        assertThat(commands.run("import", "paku", "--from", "jdbc:postgresql://h/d?password=secret"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(commands.err()).contains("PGPASSWORD").doesNotContain("secret");
    }
}
