package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.store.TestStore.NOON;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log, and who keeps it from being cut. */
final class LogBoundTest {
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final int PAYLOAD = 200_000;
    private static final String FOR_EVER =
            "with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n, quarantine";

    @TempDir
    Path folder;

    private TestStore store;
    private LogBound bound;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
        bound = new LogBound(store.database);
        store.writer.addListener(bound);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void aReaderOfOursThatWouldHoldOnIsCutOffAndTheLogIsBack() throws Exception {
        grow(1);
        try (Connection check = store.stranger();
                Statement statement = check.createStatement()) {
            store.database.whenToStandBack(() -> cancel(statement));
            CompletableFuture<String> end = CompletableFuture.supplyAsync(() -> ask(statement, FOR_EVER));
            grow(100);
            long most = 0;
            while (!end.isDone()) {
                grow(10);
                most = Math.max(most, store.database.walBytes());
                assertThat(most).isLessThan(MOST_BYTES);
            }
            assertThat(end.get()).contains("interrupt");
            grow(1);
        }
        assertThat(store.database.walBytes()).isLessThanOrEqualTo(LogBound.BYTES);
    }

    @Test
    void aQuestionIsWaitedForAndTheNextOneWaits() throws Exception {
        grow(1);
        try (Queries queries = new Queries(store.database, Duration.ofSeconds(1))) {
            CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> {
                try (Connection reader = store.database.readers().getConnection();
                        Statement statement = reader.createStatement();
                        ResultSet rows = statement.executeQuery("select id from quarantine")) {
                    rows.next();
                    // As long as the log is small, nobody minds.
                    Await.until(
                            "the log has grown",
                            Duration.ofSeconds(20),
                            () -> store.database.walBytes() > LogBound.MANY_BYTES);
                    return "read";
                } catch (SQLException e) {
                    return e.toString();
                }
            });
            Await.until("it reads", Duration.ofSeconds(10), () -> {
                try {
                    grow(5);
                    return slow.isDone();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo("read");
            grow(1);
            assertThat(store.database.walBytes()).isLessThanOrEqualTo(LogBound.BYTES);
            assertThat(new LedgerQuery(queries).lines()).isNotEmpty();
        }
    }

    @Test
    void aReaderElsewhereLetsTheLogGrowAndStopsNobody() throws Exception {
        grow(1);
        try (Connection elsewhere = store.stranger();
                Statement statement = elsewhere.createStatement();
                ResultSet rows = statement.executeQuery("select id from quarantine")) {
            assertThat(rows.next()).isTrue();
            grow(400);
            assertThat(store.database.walBytes()).isGreaterThan(MOST_BYTES);
            assertThat(store.number("select count(*) from quarantine")).isPositive();
        }
        bound.keep();
        assertThat(store.database.walBytes()).isZero();
    }

    private void grow(int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            Message message = Message.of("caravan/hut/telemetry", new byte[PAYLOAD], NOON);
            store.keep(new Malformed(message, "hut", Malformed.Cause.NOT_JSON, "not JSON at byte 0"));
        }
    }

    private static String ask(Statement statement, String question) {
        try (ResultSet rows = statement.executeQuery(question)) {
            return List.of(rows.next()).toString();
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
