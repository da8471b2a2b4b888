package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanhub.Await;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.reading.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a device ever said is deleted, whenever the hub is stopped meanwhile. */
final class ForgettingTest {
    private static final Registry.By ADMIN = new Registry.By("admin", "remove-device");
    private static final int READINGS = 5000;

    @TempDir
    Path folder;

    @Test
    void whatWasBegunBeforeARestartIsDoneAfterIt() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            fill(store);
            Changes changes = new Changes(store.writer, store.database);
            new Registry(changes, new RegistryListener() {}, Clock.systemUTC()).remove("gone", true, ADMIN);
            ForgottenDevice some = new ForgottenDevice("gone");
            assertThat(changes.make(some::deleteSome)).isTrue();
            assertThat(store.number("select count(*) from reading")).isBetween(READINGS + 1L, 2L * READINGS - 1);
            assertThat(store.number("select count(*) from credential where device = 'gone'"))
                    .as("it is let in no more, at once")
                    .isZero();
        }
        AtomicInteger told = new AtomicInteger();
        RegistryListener listener = new RegistryListener() {
            @Override
            public void removed(String device) {
                told.incrementAndGet();
            }
        };
        try (TestStore store = new TestStore(folder);
                Forgetting forgetting = new Forgetting(store.writer, store.database, listener)) {
            forgetting.goOn();
            Await.until("all is deleted", Duration.ofSeconds(20), () -> told.get() > 0);

            assertThat(store.number("select count(*) from reading")).isEqualTo(READINGS);
            for (String table : List.of("source", "event", "status", "configuration", "command", "alert")) {
                assertThat(store.number("select count(*) from " + table + " where device = 'gone'"))
                        .as(table)
                        .isZero();
            }
            for (String table : List.of("roll_up_5_minutes", "roll_up_hour", "series", "rolled", "forgetting")) {
                assertThat(store.number("select count(*) from " + table))
                        .as(table)
                        .isZero();
            }
            assertThat(store.number("select count(*) from device where id = 'gone'"))
                    .isZero();
            assertThat(store.number("select sum(received) from ledger")).isEqualTo(2L * READINGS);
            assertThat(store.number("select last from command_sequence where receiver = 'gone'"))
                    .as("a number that a device has seen is never given again")
                    .isEqualTo(7);
            assertThat(store.text("pragma foreign_key_check")).isEmpty();
            assertThat(store.text("pragma integrity_check")).isEqualTo("ok");
            assertThat(store.keep(TestStore.reading("gone", TestStore.NOON, "{\"a\":1}"))
                            .stored())
                    .as("the writer goes on, and knows the device no more")
                    .isEqualTo(1);
        }
    }

    private static void fill(TestStore store) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < READINGS; i++) {
            Instant at = TestStore.NOON.plusSeconds(60L * i);
            outcomes.add(TestStore.reading("gone", at, "{\"a\":" + i + "}"));
            outcomes.add(TestStore.reading("stays", at, "{\"a\":" + i + "}"));
        }
        store.keep(outcomes.toArray(Outcome[]::new));
        SumRows.insert(store.writer, "gone", "a", TestStore.NOON, 1);
        SumRows.insert(store.writer, "gone", "a", TestStore.NOON.plus(Duration.ofDays(2)), 1);
        long at = TestStore.NOON.toEpochMilli();
        store.writer.lend(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "insert into registration values ('gone', 'caravan', '', '', '', '', '', '[]', '', '',"
                                + " null, 0, " + at + ", " + at + ")");
                statement.execute("insert into credential values ('gone', 'gone', '$7$101$a$b', " + at + ", null)");
                statement.execute("insert into command_sequence values ('gone', 7)");
                statement.execute(
                        "insert into alert (name, device, flow, severity, state, title, text, count, opened_at,"
                                + " last_at, acknowledged_by, resolved_why) values ('frost', 'gone', '', 'high', 'open', 't', 'x', 1, "
                                + at + ", " + at + ", '', '')");
            }
            return true;
        });
    }
}
