package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanhub.store.TestStore.NOON;
import static org.caravanhub.store.TestStore.malformed;
import static org.caravanhub.store.TestStore.reading;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitTest {
    @TempDir
    Path folder;

    @Test
    void aRepeatIsCountedAndNotKeptTwice() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Reading reading = reading("hut", NOON, "{\"temperature_c\":21.4}");

            assertThat(store.keep(reading)).isEqualTo(new Receipt(1, 1, 0, 0));
            assertThat(store.keep(reading, reading)).isEqualTo(new Receipt(2, 0, 2, 0));

            assertThat(store.text("select device||' '||time||' '||metric||' '||value from measurement"))
                    .isEqualTo("hut 2026-06-01T12:00:00.000Z temperature_c 21.4");
            assertThat(store.text("select received||' '||stored||' '||duplicate||' '||quarantined from ledger"))
                    .isEqualTo("3 1 2 0");
        }
    }

    @Test
    void aSignOfLifeCommitsNothingThatWaitsForOthers() throws Exception {
        CommitPolicy shares = new CommitPolicy(2000, 0, Duration.ofHours(1), 40, 10_000, 1 << 20);
        try (TestStore store = new TestStore(folder, shares)) {
            CompletableFuture<Receipt> waits = store.give(0, reading("hut", NOON, "{\"temperature_c\":21.4}"));
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Boolean> alive = new CompletableFuture<>();
                store.writer.sound(() -> alive.complete(true));

                assertThat(alive.get(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(waits).isNotDone();
        }
    }

    @Test
    void twoDifferentReadingsOfOneMomentAreBothKeptAndARepeatOfEitherIsKnown() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Reading warm = reading("hut", NOON, "{\"temperature_c\":21.4}");
            Reading damp = reading("hut", NOON, "{\"humidity_percent\":40}");

            assertThat(store.keep(warm, damp)).isEqualTo(new Receipt(2, 2, 0, 0));
            assertThat(store.keep(damp, warm)).isEqualTo(new Receipt(2, 0, 2, 0));

            assertThat(store.number("select count(*) from reading")).isEqualTo(2);
        }
    }

    @Test
    void aSourceThatClaimsOneMomentAgainAndAgainEndsInQuarantine() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            List<Outcome> stuck = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                stuck.add(reading("hut", NOON, "{\"n\":" + i + "}"));
            }
            assertThat(store.keep(stuck.toArray(Outcome[]::new))).isEqualTo(new Receipt(20, 16, 0, 4));
            assertThat(store.text("select distinct cause from quarantine")).isEqualTo("bad_time");
        }
    }

    @Test
    void aDeviceWithoutAClockMaySayTheSameTwiceInOneMillisecond() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Reading same = reading("hut", NOON, "{\"door\":1}", Flag.NO_DEVICE_TIME.bit());

            assertThat(store.keep(same, same, same)).isEqualTo(new Receipt(3, 3, 0, 0));
        }
    }

    @Test
    void whatIsMalformedIsKeptInTheSameCommitAsWhatIsGood() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Receipt receipt = store.keep(reading("hut", NOON, "{\"a\":1}"), malformed("hut", "oops"));

            assertThat(receipt).isEqualTo(new Receipt(2, 1, 0, 1));
            assertThat(store.text("select cast(payload as text)||' '||cause||' '||flow||' '||step from quarantine"))
                    .isEqualTo("oops not_json test keep");
            assertThat(store.text("select received||' '||stored||' '||quarantined||' '||family from device"))
                    .isEqualTo("2 1 1 caravan");
        }
    }

    @Test
    void quarantineLetsTheOldestGo() throws Exception {
        CommitPolicy small = new CommitPolicy(100, 20, Duration.ZERO, 24, 3, 20);
        try (TestStore store = new TestStore(folder, small)) {
            store.keep(malformed("a", "1"), malformed("a", "2"), malformed("a", "3"), malformed("a", "4"));
            assertThat(store.text("select cast(payload as text) from quarantine"))
                    .isEqualTo("2\n3\n4");

            store.keep(malformed("a", "nineteen bytes long"));
            assertThat(store.text("select cast(payload as text) from quarantine"))
                    .isEqualTo("4\nnineteen bytes long");
        }
    }

    @Test
    void whileAnotherProgramHoldsTheDatabaseNothingIsAnsweredAndThenAllIs() throws Exception {
        try (TestStore store = new TestStore(folder);
                Connection stranger = store.stranger();
                Statement statement = stranger.createStatement()) {
            store.keep(reading("hut", NOON, "{\"a\":0}"));
            statement.execute("begin exclusive");

            CompletableFuture<Receipt> answer = store.give(0, reading("hut", NOON.plusSeconds(1), "{\"a\":1}"));
            assertThatThrownBy(() -> answer.get(2500, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(store.writer.state().trouble()).isPresent();

            statement.execute("commit");
            assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(new Receipt(1, 1, 0, 0));
            assertThat(store.writer.state().trouble()).isEmpty();
        }
    }

    @Test
    void whoCannotWaitIsToldSoAndItIsNotStoredBehindTheirBack() throws Exception {
        try (TestStore store = new TestStore(folder);
                Connection stranger = store.stranger();
                Statement statement = stranger.createStatement()) {
            statement.execute("begin exclusive");

            CompletableFuture<Receipt> answer = store.give(500, reading("hut", NOON, "{\"a\":1}"));
            assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StoreBusy.class)
                    .hasMessageContaining("send it again later");

            statement.execute("commit");
            assertThat(store.keep(reading("hut", NOON.plusSeconds(1), "{\"a\":1}")))
                    .isEqualTo(new Receipt(1, 1, 0, 0));
            assertThat(store.number("select count(*) from reading")).isEqualTo(1);
        }
    }

    @Test
    void aReadingThatTheDatabaseRefusesTakesNobodyWithIt() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            try (Connection stranger = store.stranger();
                    Statement statement = stranger.createStatement()) {
                statement.execute("create trigger no_thirteen before insert on reading"
                        + " when new.\"values\" like '%13%' begin select raise(abort, 'unlucky'); end");
            }
            Receipt receipt = store.keep(
                    reading("hut", NOON, "{\"a\":12}"),
                    reading("hut", NOON.plusSeconds(1), "{\"a\":13}"),
                    reading("hut", NOON.plusSeconds(2), "{\"a\":14}"));

            assertThat(receipt).isEqualTo(new Receipt(3, 2, 0, 1));
            assertThat(store.text("select reason from quarantine")).contains("unlucky");
        }
    }

    @Test
    void aHubThatStopsDoesNotWaitForOthersToShareACommit() throws Exception {
        try (TestStore store = new TestStore(folder, CommitPolicy.DEFAULT.every(Duration.ofMinutes(5)))) {
            store.keep(reading("hut", NOON, "{\"n\":1}"));
            CompletableFuture<Receipt> follows = store.give(0, reading("hut", NOON.plusSeconds(1), "{\"n\":2}"));

            store.writer.hurry();

            assertThat(follows.get(1, TimeUnit.SECONDS)).isEqualTo(new Receipt(1, 1, 0, 0));
        }
    }

    @Test
    void historyOfAnHourThatIsOnlySumsAnyMoreIsARepeat() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Reading first = reading("hut", NOON, "{\"n\":1}");
            store.keep(first);
            long hour = NOON.getEpochSecond() / 3600;
            store.writer.lend(connection -> connection
                    .createStatement()
                    .executeUpdate("insert into rolled (source_id, hour, kept_from) values (1, " + hour + ", null)"));
            store.writer.lend(connection -> connection.createStatement().executeUpdate("delete from reading"));

            assertThat(store.keepHistory(first)).isEqualTo(new Receipt(1, 0, 1, 0));
            assertThat(store.keepHistory(reading("hut", NOON.plusSeconds(3600), "{\"n\":2}")))
                    .isEqualTo(new Receipt(1, 1, 0, 0));
        }
    }

    @Test
    void aMistakeInTheProgramCostsOneReadingAndNotTheWriter() throws Exception {
        try (TestStore store = new TestStore(folder, target -> new FailingTarget(target, "cursed"))) {
            store.writer.addListener((stored, receipt) -> {
                throw new IllegalStateException("a listener with a mistake");
            });
            Reading good = reading("hut", NOON, "{\"temperature_c\":21.4}");

            assertThat(store.keep(good, reading("cursed", NOON, "{\"n\":1}"))).isEqualTo(new Receipt(2, 1, 0, 1));

            assertThat(store.keep(good)).as("it goes on").isEqualTo(new Receipt(1, 0, 1, 0));
            assertThat(store.text("select reason from quarantine")).startsWith("storing it failed: java.lang.Illegal");
        }
    }

    @Test
    void whatIsWrittenBesideDeliveriesIsKeptWholeOrNotAtAll() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            store.keep(reading("hut", NOON, "{\"n\":1}"));

            assertThatThrownBy(() -> store.writer.lend(connection -> {
                        connection.createStatement().execute("delete from reading");
                        throw new SQLException("half way");
                    }))
                    .hasMessage("half way");
            assertThat(store.number("select count(*) from reading")).isEqualTo(1);

            store.writer.lend(
                    connection -> connection.createStatement().execute("delete from reading; delete from source_hour"));
            store.keep(reading("hut", NOON, "{\"n\":1}"));
            assertThat(store.number("select count(*) from source_hour"))
                    .as("what the writer remembered was forgotten")
                    .isEqualTo(1);
        }
    }

    @Test
    void aListenerHearsOfNewReadingsOnly() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            BlockingQueue<Reading> heard = new LinkedBlockingQueue<>();
            store.writer.addListener((stored, receipt) -> heard.addAll(stored));
            Reading first = reading("hut", NOON, "{\"a\":1}");
            Reading second = reading("hut", NOON.plusSeconds(1), "{\"a\":2}");

            store.keep(first);
            store.keep(first);
            store.keep(malformed("hut", "x"));
            store.keep(second);

            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(first);
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(second);
        }
    }
}
