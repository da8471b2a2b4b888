package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanhub.Await;
import org.caravanhub.reading.Outcome;
import org.caravanhub.salvage.Damage;
import org.caravanhub.salvage.Signature;
import org.caravanhub.salvage.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people know and want outlives a damaged file: a lost table of credentials would lock out every device. */
final class OwnersRowsTest {
    private static final int DEVICES = 120;
    private static final long AT = TestStore.NOON.toEpochMilli();

    @TempDir
    Path folder;

    /** Whoever changes one of these tables changes how its rows are recognised. */
    @Test
    void rowsAreRecognisedByTheColumnsThatTheyHave() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            for (String table : Tables.OWNERS) {
                Signature signature = Tables.owners(table);
                assertThat(signature.columns().stream()
                                .map(column -> column.toString().replaceAll("Column\\[name=|, type=.*", "")))
                        .as(table)
                        .containsExactlyElementsOf(store.text("select name from pragma_table_info('" + table + "')")
                                .lines()
                                .toList());
            }
        }
    }

    @Test
    void allOfItComesBackThoughAPageOfReadingsIsGone() throws Exception {
        Path file = filled();
        Map<String, String> before = rows();
        Damage.pageWith("[1500]", file);

        AtomicInteger told = new AtomicInteger();
        salvage(told);

        assertThat(rows()).isEqualTo(before);
        assertThat(told.get()).as("those who keep it in memory look again").isPositive();
    }

    @Test
    void aPageOfCredentialsCostsAPageAndNoMore() throws Exception {
        Path file = filled();
        Damage.pageWith("hash-60-", file);
        salvage(new AtomicInteger());
        try (TestStore store = new TestStore(folder)) {
            assertThat(store.number("select count(*) from credential")).isBetween(40L, DEVICES - 1L);
            assertThat(store.number("select count(*) from registration")).isEqualTo(DEVICES);
        }
    }

    private void salvage(AtomicInteger told) throws Exception {
        try (TestStore store = new TestStore(folder);
                Integrity integrity = new Integrity(
                        store.database,
                        store.writer,
                        Duration.ofMinutes(1),
                        Duration.ofMillis(200),
                        Clock.systemUTC())) {
            integrity.whenBack(told::incrementAndGet);
            integrity.check();
            Await.until("the damaged file is read to its end", Duration.ofSeconds(30), () -> {
                List<DamageReport> reports = integrity.state().reports();
                return !reports.isEmpty() && reports.get(reports.size() - 1).isFinished();
            });
        }
    }

    private Map<String, String> rows() throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (TestStore store = new TestStore(folder);
                Connection connection = store.stranger();
                Statement statement = connection.createStatement()) {
            for (String table : Tables.OWNERS) {
                StringBuilder text = new StringBuilder();
                try (ResultSet rows = statement.executeQuery("select * from " + table + " order by 1, 2")) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            text.append(rows.getString(i)).append('|');
                        }
                        text.append('\n');
                    }
                }
                assertThat(text.toString()).as(table).isNotEmpty();
                all.put(table, text.toString());
            }
        }
        return all;
    }

    private Path filled() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                outcomes.add(TestStore.reading("hut", TestStore.NOON.plusSeconds(i), "{\"a\":" + i + "}"));
            }
            store.keep(outcomes.toArray(Outcome[]::new));
            store.writer.lend(connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (int i = 0; i < DEVICES; i++) {
                        fill(statement, "dev-" + i, i);
                    }
                }
                return true;
            });
            return store.file;
        }
    }

    private static void fill(Statement statement, String device, int i) throws java.sql.SQLException {
        statement.execute("insert into registration values ('" + device + "', 'caravan', '', '', 'm', 'Ünter', 'g',"
                + " '[\"a\"]', '', 'two\nlines', " + (i % 2 == 0 ? "null" : "60000") + ", " + i % 2 + ", " + AT + ", "
                + AT
                + ")");
        statement.execute("insert into credential values ('" + device + "', '" + device + "', '$7$101$hash-" + i + "-"
                + "x".repeat(80) + "', " + AT + ", null)");
        statement.execute(
                "insert into claim_code values ('" + String.format("%012x", i) + "', '" + String.format("%064x", i)
                        + "', '', 'caravan', '', '', '', '', 'admin', " + AT + ", " + AT + ", null, '')");
        statement.execute("insert into presence values ('" + device + "', 'online', 'heard', 'heard', " + AT + ", " + AT
                + ", null)");
        statement.execute(
                "insert into command values ('c" + i + "', '" + device + "', 'blink', '{}', 'done', '', 'caravan',"
                        + " 't', 'r" + i + "', 0, '', 'admin', " + AT + ", " + AT + ", 1, 1, " + AT + ", null, " + AT
                        + ", '{}')");
        statement.execute("insert into command_sequence values ('" + device + "', " + (i + 1) + ")");
        statement.execute("insert into desired_configuration values ('" + device + "', '{\"a\":1}', 't', 2, 1, " + AT
                + ", 'admin')");
        statement.execute(
                "insert into alert (name, device, flow, severity, state, title, text, count, opened_at, last_at,"
                        + " acknowledged_by, resolved_why) values ('frost', '" + device
                        + "', '', 'high', 'open', 't', 'x', 1, " + AT
                        + ", " + AT + ", '', '')");
        statement.execute("insert into alert_mute values ('frost', '" + device + "', " + AT + ", 'admin')");
        statement.execute("insert into rollout values (" + (i + 1) + ", 'r" + i
                + "', 'm', '2.0.0', '{}', '{}', 50, 0, 'paused', 'two\nlines', null, 1, 2, null, " + AT + ", 'admin', "
                + AT + ")");
        statement.execute("insert into device_update values (" + (i + 1) + ", '" + device
                + "', '2.0.0', '1.0.0', 'rolled_back', 100, 'it went back', 1, " + AT + ", " + AT + ", " + AT
                + ", null, 61000, 2, " + AT + ", " + AT + ")");
        statement.execute("insert into trusted_key values ('key-" + i + "', 'minisign', 'RW" + "x".repeat(54) + "', "
                + AT + ", 'admin', " + (i % 2 == 0 ? "null" : AT + 1) + ")");
        statement.execute("insert into firmware_policy values ('model-" + i + "', " + i % 2 + ", " + AT + ", 'admin')");
        statement.execute(
                "insert into firmware_release (model, version, size, sha256, md5, kind, chip, project, built_version,"
                        + " elf_sha256, appended_sha256, key, notes, changelog, min_version, signed_by, uploaded_at, uploaded_by) values ('"
                        + device + "', '1.0', 4000, '" + String.format("%064x", i) + "', '" + String.format("%032x", i)
                        + "', 'esp32', 'ESP32', 'p', '1.0', '', '', '" + String.format("%032x", i)
                        + "', 'two\nlines', '', '', '', " + AT
                        + ", 'admin')");
        statement.execute("insert into audit (at, who, action, subject, details) values (" + AT
                + ", 'admin', 'edit-device', 'device/" + device + "', '{}')");
    }
}
