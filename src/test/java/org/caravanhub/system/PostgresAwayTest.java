package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.caravanhub.Await;
import org.caravanhub.TestPostgres;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 200 messages a second, and a PostgreSQL that is stopped for ten minutes (or {@code -Dcaravan.away=SECONDS}), whose backends are
 * killed, and whose port swallows packets; the hub is killed while it spools. Nothing is lost, nothing is there twice.
 */
@Tag("endurance")
class PostgresAwayTest {
    private static final int PER_SECOND = 200;
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final Duration NOTICED = Duration.ofSeconds(20);
    private static final Duration DRAINED = Duration.ofMinutes(5);

    @TempDir
    Path data;

    private final PublisherLog published = new PublisherLog();

    @Test
    void nothingIsLostAndNothingTwice() throws Exception {
        Duration away = Duration.ofSeconds(Long.getLong("caravan.away", 600));
        try (TestPostgres postgres = TestPostgres.fresh();
                TestMosquitto broker =
                        TestMosquitto.open().with("max_inflight_messages 1000").start()) {
            HubDatabase database = new HubDatabase(postgres);
            HubProcess hub = HubProcess.start(data, broker, postgres);
            try {
                Load load = Load.start(
                        Load.Plan.of(broker.port(), 10_000_000)
                                .perSecond(PER_SECOND)
                                .malformedPerThousand(20),
                        published);
                awaitMore(database, "before");

                for (int kill = 0; kill < 20; kill++) {
                    postgres.run(
                            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'caravan'");
                    awaitMore(database, "after killed backend " + kill);
                }
                swallowPackets(postgres, database, hub);

                postgres.stop();
                Fault.lasts(away.dividedBy(2));
                hub.kill();
                hub = HubProcess.start(data, broker, postgres);
                Fault.lasts(away.dividedBy(2));
                long waiting = spooled();
                say("away for " + away.toSeconds() + " s: " + waiting + " messages wait, "
                        + Files.size(data.resolve("spool.db")) / waiting + " bytes each");
                assertThat(waiting)
                        .as("acknowledged while it was away")
                        .isGreaterThan(away.toSeconds() * PER_SECOND * 9 / 10);
                postgres.start();
                awaitMore(database, "after the stop");
                long began = System.nanoTime();
                Await.until("the spool is drained", DRAINED, () -> spooled() < 2 * PER_SECOND);
                say("drained after " + seconds(began) + " s");

                load.stop();
                load.await();
                Conservation.awaitAll(published, database, DRAINED);
                Await.until(
                        "all is counted",
                        RECOVERY,
                        () -> database.ledger().quarantined() >= published.malformedCount());
            } finally {
                hub.close();
            }
            Conservation.holds(published, database);
            say("0 lost and 0 twice of " + published.goodCount() + ", " + published.malformedCount()
                    + " in quarantine");
        }
    }

    private void swallowPackets(TestPostgres postgres, HubDatabase database, HubProcess hub) throws Exception {
        long blocked = lines(hub, "=blocked") + lines(hub, "=away");
        long began = System.nanoTime();
        try (AutoCloseable drop = Fault.dropPacketsTo(postgres.port())) {
            assertThat(drop).isNotNull();
            Await.until(
                    "the hub notices that nothing comes through",
                    NOTICED,
                    () -> lines(hub, "=blocked") + lines(hub, "=away") > blocked);
            say("dropped packets noticed after " + seconds(began) + " s");
            Fault.lasts(Duration.ofSeconds(30));
        }
        awaitMore(database, "after dropped packets");
    }

    /** Until rows come again, which is what recovery means. */
    private static void awaitMore(HubDatabase database, String when) {
        long began = System.nanoTime();
        long before = database.stored();
        Await.until("rows come " + when, RECOVERY, () -> database.stored() > before);
        say(when + ": rows after " + seconds(began) + " s");
    }

    private long spooled() {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:file:" + data.resolve("spool.db") + "?mode=ro");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select coalesce(max(last_position) - min(position) + 1, 0) from delivery")) {
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long lines(HubProcess hub, String word) {
        try (var lines = Files.lines(hub.output())) {
            return lines.filter(line -> line.contains(word)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String seconds(long began) {
        return String.format(java.util.Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9);
    }

    private static void say(String figure) {
        System.out.println("PostgresAwayTest " + figure);
    }
}
