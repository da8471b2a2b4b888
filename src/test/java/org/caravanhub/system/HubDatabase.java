package org.caravanhub.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.caravanhub.TestPostgres;
import org.caravanhub.bench.PublisherLog;

/** A look from outside into the database of a hub, which may be running: every question opens the file anew, read-only. */
final class HubDatabase {
    /** What the hub has counted since the database was made. */
    record Ledger(long received, long stored, long duplicate, long quarantined) {}

    private final Path file;
    private final String url;
    private final String milliseconds;
    private final boolean isFile;

    HubDatabase(Path data) {
        this.file = data.resolve("caravan.db");
        this.url = "jdbc:sqlite:file:" + file + "?mode=ro";
        this.milliseconds = "reading.measured_at";
        this.isFile = true;
    }

    /** The tables of a hub that keeps everything in this PostgreSQL. */
    HubDatabase(TestPostgres postgres) {
        this.file = Path.of("/none");
        this.url = postgres.url() + "&currentSchema=caravan&connectTimeout=2&socketTimeout=30";
        this.milliseconds = "ms(reading.measured_at)";
        this.isFile = false;
    }

    /** Readings so far, by the hub's own count; 0 while there is no database. */
    long stored() {
        return !isFile || Files.exists(file) ? number("select coalesce(sum(stored), 0) from ledger") : 0;
    }

    long readings() {
        return number("select count(*) from reading");
    }

    Ledger ledger() {
        return ask(
                "select coalesce(sum(received), 0), coalesce(sum(stored), 0), coalesce(sum(duplicate), 0),"
                        + " coalesce(sum(quarantined), 0) from ledger",
                rows -> {
                    rows.next();
                    return new Ledger(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
                });
    }

    /** How many outcomes each flow has received. */
    Map<String, Long> receivedByFlow() {
        return ask("select flow, received from ledger", rows -> {
            Map<String, Long> received = new TreeMap<>();
            while (rows.next()) {
                received.put(rows.getString(1), rows.getLong(2));
            }
            return received;
        });
    }

    /** Whose reading, and of when: one for each row. */
    List<PublisherLog.Entry> entries() {
        return ask(
                "select source.device, " + milliseconds + " from reading join source on source.id = reading.source_id",
                rows -> {
                    List<PublisherLog.Entry> entries = new ArrayList<>();
                    while (rows.next()) {
                        entries.add(new PublisherLog.Entry(rows.getString(1), rows.getLong(2)));
                    }
                    return entries;
                });
    }

    /** Why messages are in quarantine. */
    List<String> reasons() {
        return ask("select reason from quarantine", rows -> {
            List<String> reasons = new ArrayList<>();
            while (rows.next()) {
                reasons.add(rows.getString(1));
            }
            return reasons;
        });
    }

    /** {@code ok}, or what is wrong with the file. */
    String integrity() {
        return !isFile ? "ok" : ask("pragma integrity_check", rows -> rows.next() ? rows.getString(1) : "no answer");
    }

    /** Keeps everybody else from writing until it is closed. */
    Connection lock() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute("begin exclusive");
        }
        return connection;
    }

    /** The answer to a question about numbers. */
    long number(String question) {
        return ask(question, rows -> rows.next() ? rows.getLong(1) : 0L);
    }

    private <T> T ask(String question, Answer<T> answer) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            return answer.read(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(url + ": " + question, e);
        }
    }

    private interface Answer<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
