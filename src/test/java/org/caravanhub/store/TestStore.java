package org.caravanhub.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/** A real database in a folder of the test, its writer, and words to say what to keep. */
final class TestStore implements TestDatabase {
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    final Path file;
    final SqliteDatabase database;
    final GroupCommit writer;

    TestStore(Path folder) {
        this(folder, CommitPolicy.DEFAULT);
    }

    TestStore(Path folder, CommitPolicy policy) {
        this(folder, policy, target -> target);
    }

    /** One whose writer goes through what the function makes of the tables. */
    TestStore(Path folder, UnaryOperator<Target> through) {
        this(folder, CommitPolicy.DEFAULT, through);
    }

    private TestStore(Path folder, CommitPolicy policy, UnaryOperator<Target> through) {
        file = folder.resolve("caravan.db");
        database = SqliteDatabase.open(file);
        QuarantineRoom quarantine = new QuarantineRoom(policy.quarantineRows(), policy.quarantineBytes());
        writer = new GroupCommit(through.apply(new TableTarget(database, quarantine)), policy, Clock.systemUTC());
    }

    static Reading reading(String device, Instant measuredAt, String metrics) {
        return reading(device, measuredAt, metrics, 0);
    }

    static Reading reading(String device, Instant measuredAt, String metrics, int flags) {
        byte[] json = metrics.getBytes(StandardCharsets.UTF_8);
        return new Reading(Source.of(device, "caravan"), measuredAt, NOON, Metrics.ofChecked(json), flags);
    }

    static Malformed malformed(String device, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        Message message = Message.of("caravan/" + device + "/telemetry", bytes, NOON);
        return new Malformed(message, device, Malformed.Cause.NOT_JSON, "not JSON at byte 0");
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public GroupCommit writer() {
        return writer;
    }

    @Override
    public String milliseconds(String time) {
        return time;
    }

    /** Gives them to the writer as flow {@code test} and waits for the answer. */
    @Override
    public Receipt keep(Outcome... outcomes) throws Exception {
        return give(0, outcomes).get(10, TimeUnit.SECONDS);
    }

    /** As an import gives it. */
    Receipt keepHistory(Outcome... outcomes) throws Exception {
        return give(0, true, outcomes).get(10, TimeUnit.SECONDS);
    }

    CompletableFuture<Receipt> give(long timeoutMillis, Outcome... outcomes) throws InterruptedException {
        return give(timeoutMillis, false, outcomes);
    }

    private CompletableFuture<Receipt> give(long timeoutMillis, boolean history, Outcome... outcomes)
            throws InterruptedException {
        CompletableFuture<Receipt> answer = new CompletableFuture<>();
        long deadline = timeoutMillis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        writer.submit(new Delivery("test", "keep", List.of(outcomes), deadline, history, new Delivery.Answer() {
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

    @Override
    public long number(String sql) throws SQLException {
        try (Connection connection = database.readers().getConnection()) {
            return SqliteDatabase.number(connection, sql);
        }
    }

    String text(String sql) throws SQLException {
        try (Connection connection = database.readers().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            StringBuilder text = new StringBuilder();
            while (rows.next()) {
                text.append(text.isEmpty() ? "" : "\n").append(rows.getString(1));
            }
            return text.toString();
        }
    }

    /** Another program's connection to the same file. */
    Connection stranger() throws SQLException {
        return DriverManager.getConnection(SqliteDatabase.url(file));
    }

    @Override
    public void close() throws InterruptedException {
        writer.close();
        database.close();
    }
}
