package org.caravanhub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGProperty;

/** A look at the database while no hub has it: reads only, and leaves what SQLite must make beside the file to the file's owner. */
public final class DatabaseAtRest {
    private static final Sql KNOWN_TIME = Sql.load("clock/select-known-time");

    private DatabaseAtRest() {}

    /**
     * What was seen.
     *
     * @param isOurs whether it is a database of Caravan's
     * @param schema the number of its newest migration; 0 if none is noted
     * @param newestSchema the newest that this program knows
     * @param verdict {@code ok}, or what SQLite finds wrong; empty if it could not be read through in the time
     * @param bytes of the file
     * @param logBytes of its write-ahead log
     */
    public record Seen(
            boolean isOurs, long schema, long newestSchema, Optional<String> verdict, long bytes, long logBytes) {}

    /**
     * Looks at {@code caravan.db} in this folder.
     *
     * @param limit after which it is not read further
     * @return nothing if there is no such file
     * @throws IOException if it cannot be opened or read
     */
    public static Optional<Seen> look(Path data, Duration limit) throws IOException {
        Path file = data.resolve(SqliteCopies.MAIN);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (Connection connection = open(file)) {
            boolean isOurs =
                    SqliteDatabase.number(connection, "pragma application_id") == SqliteDatabase.APPLICATION_ID;
            long schema = isOurs
                    ? SqliteDatabase.number(
                            connection,
                            "select max(cast(version as integer)) from flyway_schema_history where success = 1")
                    : 0;
            return Optional.of(new Seen(
                    isOurs,
                    schema,
                    Schema.NEWEST,
                    verdict(connection, limit),
                    SqliteDatabase.sizeOf(file),
                    SqliteDatabase.sizeOf(Path.of(file + "-wal"))));
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            giveToOwner(file);
        }
    }

    /** The newest time that the hub believed; nothing if the database is not there, new, or of another schema. */
    public static Optional<Instant> known(Path data) throws IOException {
        Path file = data.resolve(SqliteCopies.MAIN);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (Connection connection = open(file)) {
            long at = SqliteDatabase.number(
                    connection, KNOWN_TIME.in(Dialect.SQLITE).text());
            return at > 0 ? Optional.of(Instant.ofEpochMilli(at)) : Optional.empty();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            giveToOwner(file);
        }
    }

    /** A file system that cannot be written holds a file that nobody changes: then no lock is needed beside it. */
    private static Connection open(Path file) throws SQLException {
        Connection connection = DatabaseCopy.readOnly(file);
        try {
            SqliteDatabase.number(connection, "pragma schema_version");
            return connection;
        } catch (SQLException e) {
            connection.close();
            if (SqliteDatabase.sizeOf(Path.of(file + "-wal")) > 0 || Files.isWritable(file.resolveSibling("."))) {
                throw e;
            }
            return DriverManager.getConnection(
                    "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?immutable=1");
        }
    }

    private static Optional<String> verdict(Connection connection, Duration limit) throws SQLException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        long deadline = System.nanoTime() + limit.toNanos();
        try (Statement statement = connection.createStatement()) {
            clock.schedule(
                    () -> {
                        statement.cancel();
                        return true;
                    },
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
            try (var answer = statement.executeQuery("pragma quick_check(1)")) {
                return Optional.of(answer.next() ? String.valueOf(answer.getString(1)) : "no answer");
            } catch (SQLException e) {
                if (System.nanoTime() >= deadline) {
                    return Optional.empty();
                }
                return Optional.of(String.valueOf(e.getMessage()));
            }
        } finally {
            clock.shutdownNow();
        }
    }

    /** Root has made them, and the hub must be able to write them. */
    private static void giveToOwner(Path file) {
        try {
            Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            for (String end : List.of("-wal", "-shm")) {
                Path beside = Path.of(file + end);
                // A link that somebody has laid there is not followed: root would give away what it leads to.
                if (Files.exists(beside, LinkOption.NOFOLLOW_LINKS)
                        && !Files.getAttribute(beside, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                                .equals(owner)) {
                    Files.setAttribute(beside, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
                }
            }
        } catch (IOException e) {
            // Not root; then they are the owner's, or nothing was made.
        }
    }

    /**
     * Whether a PostgreSQL lets the hub in.
     *
     * @return empty if it does, else what it said, without secrets
     */
    public static Optional<String> refusal(PostgresAddress address, Duration limit) {
        var properties = address.unhurried();
        String seconds = Long.toString(Math.max(1, limit.toSeconds()));
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        try (Connection connection = DriverManager.getConnection(address.url(), properties)) {
            return connection.isValid(1) ? Optional.empty() : Optional.of("it does not answer");
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
