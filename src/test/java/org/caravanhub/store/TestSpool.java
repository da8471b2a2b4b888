package org.caravanhub.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.caravanhub.Await;
import org.caravanhub.TestPostgres;
import org.caravanhub.reading.Outcome;

/** A real PostgreSQL behind a real spool in a folder of the test, and words to say what to keep. */
final class TestSpool implements TestDatabase {
    final TestPostgres postgres;
    final PostgresDatabase database;
    final Spool spool;

    TestSpool(Path folder, TestPostgres postgres) {
        this(folder, postgres, CommitPolicy.DEFAULT, target -> target);
    }

    /** In a schema of its own. */
    TestSpool(Path folder, TestPostgres postgres, String schema) {
        this(folder, postgres, postgres.url() + "&currentSchema=" + schema, CommitPolicy.DEFAULT, target -> target);
    }

    TestSpool(Path folder, TestPostgres postgres, CommitPolicy policy, UnaryOperator<Target> through) {
        this(folder, postgres, postgres.url() + "&socketTimeout=2", policy, through);
    }

    private TestSpool(
            Path folder, TestPostgres postgres, String url, CommitPolicy policy, UnaryOperator<Target> through) {
        this.postgres = postgres;
        database = PostgresDatabase.open(PostgresAddress.of(url, Optional.empty(), Optional.empty()));
        spool = Spool.open(folder.resolve("spool.db"), database, policy, through, Clock.systemUTC());
    }

    /** Gives them as flow {@code test} and waits until they are decided, or for two seconds. */
    @Override
    public Receipt keep(Outcome... outcomes) throws Exception {
        return give(10_000, outcomes).get(20, TimeUnit.SECONDS);
    }

    /** Gives them as MQTT does, without a deadline. */
    CompletableFuture<Receipt> give(long timeoutMillis, Outcome... outcomes) throws InterruptedException {
        CompletableFuture<Receipt> answer = new CompletableFuture<>();
        long deadline = timeoutMillis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        spool.submit(new Delivery("test", "keep", List.of(outcomes), deadline, false, new Delivery.Answer() {
            @Override
            public void stored(Receipt receipt) {
                answer.complete(receipt);
            }

            @Override
            public void refused(StoreBusy reason) {
                answer.completeExceptionally(reason);
            }
        }));
        return answer;
    }

    void awaitDrained() {
        Await.until(
                "all is in PostgreSQL",
                Duration.ofSeconds(30),
                () -> spool.state().waiting() == 0);
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public GroupCommit writer() {
        return spool.tables();
    }

    @Override
    public String milliseconds(String time) {
        return "ms(" + time + ")";
    }

    @Override
    public long number(String sql) throws SQLException {
        return Long.parseLong(lines(sql).get(0));
    }

    /** The first column of each row. */
    List<String> lines(String sql) throws SQLException {
        try (Connection connection = database.openWriter();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    @Override
    public void close() throws InterruptedException {
        spool.close();
        database.close();
    }
}
