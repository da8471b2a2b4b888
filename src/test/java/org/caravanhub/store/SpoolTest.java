package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.store.TestStore.NOON;
import static org.caravanhub.store.TestStore.malformed;
import static org.caravanhub.store.TestStore.reading;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanhub.Await;
import org.caravanhub.TestPostgres;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is acknowledged reaches PostgreSQL, once and in order, whatever PostgreSQL does meanwhile. */
final class SpoolTest {
    private static TestPostgres postgres;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.fresh();
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @BeforeEach
    void forget() {
        postgres.run("drop schema if exists caravan cascade");
    }

    @Test
    void aRepeatIsADuplicateHoweverItIsSpelled() throws Exception {
        try (TestSpool store = new TestSpool(folder, postgres)) {
            assertThat(store.keep(reading("van", NOON, "{\"t\":21.40,\"door\":true}"))
                            .stored())
                    .isEqualTo(1);
            Receipt again = store.keep(reading("van", NOON, "{ \"door\" : true, \"t\":21.4 }"));
            Receipt other = store.keep(reading("van", NOON, "{\"t\":22,\"door\":true}"));

            assertThat(again).isEqualTo(new Receipt(1, 0, 1, 0));
            assertThat(other).isEqualTo(new Receipt(1, 1, 0, 0));
            assertThat(store.lines("select metrics->>'t' from measurements order by ts"))
                    .containsExactly("21.40", "22");
            assertThat(store.number("select extract(milliseconds from max(ts))::int from measurements"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aBatchWithItsOwnRepeatsIsCountedOutcomeByOutcome() throws Exception {
        try (TestSpool store = new TestSpool(folder, postgres)) {
            Reading first = reading("van", NOON, "{\"t\":1}");
            Receipt receipt = store.keep(
                    first,
                    reading("van", NOON, "{\"t\":2}"),
                    first,
                    reading("van", NOON, "{\"t\":3}", Flag.NO_DEVICE_TIME.bit()),
                    malformed("van", "{oops"));

            assertThat(receipt).isEqualTo(new Receipt(5, 3, 1, 1));
            assertThat(store.number("select received - stored - duplicate - quarantined from device"))
                    .isZero();
            assertThat(store.number("select sum(received) from ledger")).isEqualTo(5);
        }
    }

    @Test
    void whatJsonbCannotHoldGoesToQuarantineAndTakesNobodyWithIt() throws Exception {
        try (TestSpool store = new TestSpool(folder, postgres)) {
            Receipt receipt = store.keep(
                    reading("van", NOON, "{\"t\":1}"),
                    reading("van", NOON.plusSeconds(1), "{\"note\":\"a\\u0000b\"}"),
                    reading("van", NOON.plusSeconds(2), "{\"t\":2}"));

            assertThat(receipt).isEqualTo(new Receipt(3, 2, 0, 1));
            assertThat(store.lines("select reason from quarantine").get(0))
                    .contains("unsupported Unicode escape sequence");
            assertThat(store.number("select max(position) from spool_position")).isEqualTo(3);
        }
    }

    @Test
    void quarantineKeepsWithinItsBounds() throws Exception {
        CommitPolicy three = new CommitPolicy(100, 20, Duration.ZERO, 40, 3, 1000);
        try (TestSpool store = new TestSpool(folder, postgres, three, target -> target)) {
            for (int i = 0; i < 5; i++) {
                store.keep(malformed("van", "broken " + i));
            }
            assertThat(store.lines("select convert_from(payload, 'UTF8') from quarantine order by id"))
                    .containsExactly("broken 2", "broken 3", "broken 4");
        }
    }

    @Test
    void whatDevicesSayIsToldOnceAndWhilePostgresIsAway() throws Exception {
        try (TestSpool store = new TestSpool(folder, postgres)) {
            store.keep(reading("van", NOON, "{\"n\":0}"));
            List<Outcome> heard = Collections.synchronizedList(new ArrayList<>());
            store.spool.addListener(new CommitListener() {
                @Override
                public void heard(List<? extends Outcome> said) {
                    heard.addAll(said);
                }

                @Override
                public void committed(List<Reading> stored, Receipt receipt) {}
            });
            postgres.stop();
            store.give(0, reading("van", NOON.plusSeconds(1), "{\"n\":1}"), malformed("van", "{"))
                    .get(5, TimeUnit.SECONDS);
            Await.until("told", Duration.ofSeconds(5), () -> heard.size() == 2);

            postgres.start();
            store.awaitDrained();
            assertThat(heard).hasSize(2);
        }
    }

    @Test
    void withPostgresAwayItIsAcknowledgedAndReachesItLaterInOrder() throws Exception {
        try (TestSpool store = new TestSpool(folder, postgres)) {
            store.keep(reading("van", NOON, "{\"n\":0}"));
            postgres.stop();
            List<CompletableFuture<Receipt>> answers = new ArrayList<>();
            for (int i = 1; i <= 1000; i++) {
                answers.add(store.give(0, reading("van", NOON.plusSeconds(i), "{\"n\":" + i + "}")));
            }
            for (CompletableFuture<Receipt> answer : answers) {
                assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(new Receipt(0, 0, 0, 0, 1));
            }
            Await.until(
                    "health knows",
                    Duration.ofSeconds(5),
                    () -> store.spool.state().away().isPresent());
            assertThat(store.keep(reading("van", NOON.plusSeconds(1001), "{\"n\":1001}"))
                            .waiting())
                    .isEqualTo(1);
            assertThat(store.spool.state().waiting()).isEqualTo(1001);

            postgres.start();
            store.awaitDrained();

            assertThat(store.lines("select metrics->>'n' from measurements order by ts"))
                    .hasSize(1002)
                    .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
            assertThat(store.number("select stored from ledger")).isEqualTo(1002);
        } finally {
            restart();
        }
    }

    @Test
    void aCommitWhoseAnswerGotLostIsCountedOnce() throws Exception {
        AtomicInteger lost = new AtomicInteger();
        try (TestSpool store =
                new TestSpool(folder, postgres, CommitPolicy.DEFAULT, target -> new ForgetfulTarget(target, lost))) {
            for (int i = 0; i < 10; i++) {
                Receipt receipt =
                        store.keep(reading("van", NOON.plusSeconds(i), "{\"n\":1}"), malformed("van", "x" + i));
                assertThat(receipt).isEqualTo(new Receipt(2, 1, 0, 1));
            }
            assertThat(lost).hasValueGreaterThan(3);
            assertThat(store.number("select received from ledger")).isEqualTo(20);
            assertThat(store.number("select count(*) from quarantine")).isEqualTo(10);
        }
    }

    @Test
    void backendsThatAreKilledLoseNothing() throws Exception {
        try (TestSpool store = new TestSpool(folder, postgres)) {
            for (int i = 0; i < 2000; i++) {
                store.give(0, reading("van", NOON.plusSeconds(i), "{\"n\":1}"), malformed("van", "x" + i));
                if (i % 400 == 200) {
                    postgres.run(
                            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'caravan'");
                }
            }
            store.awaitDrained();
            assertThat(store.number("select count(*) from reading")).isEqualTo(2000);
            assertThat(store.number("select count(*) from quarantine")).isEqualTo(2000);
            assertThat(store.number("select received from ledger")).isEqualTo(4000);
        }
    }

    @Test
    void aServerThatSaysNothingIsNoticedAndForgotten() throws Exception {
        try (TestSpool store = new TestSpool(folder, postgres)) {
            store.keep(reading("van", NOON, "{\"n\":0}"));
            postgres.suspend();
            try {
                assertThat(store.give(0, reading("van", NOON.plusSeconds(1), "{\"n\":1}"))
                                .get(1, TimeUnit.SECONDS)
                                .waiting())
                        .isEqualTo(1);
                Await.until(
                        "it is noticed",
                        Duration.ofSeconds(10),
                        () -> store.spool.state().away().isPresent());
            } finally {
                postgres.resume();
            }
            store.awaitDrained();
            assertThat(store.number("select stored from ledger")).isEqualTo(2);
        }
    }

    @Test
    void whatWaitedInTheSpoolIsDrainedByTheNextStart() throws Exception {
        try {
            try (TestSpool store = new TestSpool(folder, postgres)) {
                store.keep(reading("van", NOON, "{\"n\":0}"));
                postgres.stop();
                for (int i = 1; i <= 50; i++) {
                    store.give(0, reading("van", NOON.plusSeconds(i), "{\"n\":1}"), malformed("van", "x"))
                            .get(5, TimeUnit.SECONDS);
                }
            }
            try (TestSpool store = new TestSpool(folder, postgres)) {
                assertThat(store.spool.state().waiting()).isEqualTo(100);
                store.give(0, reading("van", NOON.plusSeconds(51), "{\"n\":1}")).get(5, TimeUnit.SECONDS);
                postgres.start();
                store.awaitDrained();
                assertThat(store.number("select received from ledger")).isEqualTo(102);
                assertThat(store.number("select count(*) from reading")).isEqualTo(52);
            }
        } finally {
            restart();
        }
    }

    @Test
    void aDamagedRowOfTheSpoolGoesToQuarantineAndKeepsNobodyBack() throws Exception {
        try (TestSpool store = new TestSpool(folder, postgres)) {
            postgres.stop();
            store.give(0, reading("van", NOON, "{\"t\":1}")).get(5, TimeUnit.SECONDS);
            store.give(0, reading("van", NOON.plusSeconds(1), "{\"t\":2}"), reading("van", NOON, "{\"t\":3}"))
                    .get(5, TimeUnit.SECONDS);
            store.give(0, reading("van", NOON.plusSeconds(2), "{\"t\":4}")).get(5, TimeUnit.SECONDS);
        }
        try (Connection spool = SqliteDatabase.connect(folder.resolve("spool.db"))) {
            spool.createStatement().execute("update delivery set content = x'0100ffff' where position = 2");
        }
        restart();

        try (TestSpool store = new TestSpool(folder, postgres)) {
            store.awaitDrained();

            assertThat(store.number("select sum(received) from ledger")).isEqualTo(4);
            assertThat(store.number("select count(*) from reading")).isEqualTo(2);
            assertThat(store.number("select count(*) from quarantine")).isEqualTo(2);
        }
    }

    @Test
    void anOldCopyOfTheSpoolBringsNothingTwiceAndHidesNothingNew() throws Exception {
        Path copy = folder.resolve("copy");
        try {
            postgres.stop();
            try (TestSpool store = new TestSpool(folder, postgres)) {
                store.give(0, malformed("van", "x")).get(5, TimeUnit.SECONDS);
            }
            Files.copy(folder.resolve("spool.db"), copy);
            postgres.start();
            try (TestSpool store = new TestSpool(folder, postgres)) {
                for (int i = 0; i < 20; i++) {
                    store.keep(malformed("van", "y"));
                }
            }
            Files.move(copy, folder.resolve("spool.db"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            try (TestSpool store = new TestSpool(folder, postgres)) {
                store.keep(malformed("van", "z"));
                store.awaitDrained();
                assertThat(store.number("select count(*) from quarantine")).isEqualTo(22);
            }
        } finally {
            restart();
        }
    }

    @Test
    void whatIsDrainedLeavesTheFile() throws Exception {
        try (TestSpool store = new TestSpool(folder, postgres)) {
            for (int i = 0; i < 3000; i++) {
                store.give(
                        0, reading("van", NOON.plusSeconds(i), "{\"temperature_c\":21.5,\"humidity_percent\":40.1}"));
            }
            store.awaitDrained();
            Await.until("the file is empty", Duration.ofSeconds(10), () -> rowsLeft() == 0);
        }
    }

    private long rowsLeft() {
        try (var connection = SqliteDatabase.connect(folder.resolve("spool.db"))) {
            return SqliteDatabase.number(connection, "select count(*) from delivery");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void restart() {
        try {
            postgres.connect().close();
        } catch (SQLException away) {
            postgres.start();
        }
    }

    /** The tables, and a line that loses every other answer after the commit. */
    private static final class ForgetfulTarget extends AroundTarget {
        private final AtomicInteger lost;

        ForgetfulTarget(Target tables, AtomicInteger lost) {
            super(tables);
            this.lost = lost;
        }

        @Override
        public void write(List<Delivery> batch) throws SQLException {
            tables.write(batch);
            if (lost.incrementAndGet() % 2 == 0) {
                throw new SQLException("the line is dead", "08006");
            }
        }
    }
}
