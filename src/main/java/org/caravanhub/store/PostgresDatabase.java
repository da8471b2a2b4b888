package org.caravanhub.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL elsewhere. It may be away, now or at the start: its tables are brought up to date by the first connection that
 * succeeds. Safe for use by many threads.
 */
public final class PostgresDatabase extends Database {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    private final PostgresAddress address;
    private final HikariDataSource readers;
    private volatile boolean isUpToDate;
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile long bytes;
    private volatile long measuredAt = System.nanoTime() - FRESH_NANOS;

    private PostgresDatabase(PostgresAddress address) {
        this.address = address;
        this.readers = readOnlyPool(address);
    }

    /**
     * Looks whether it is there, and brings its tables up to date if it is.
     *
     * @throws UnusableDatabase if it is there and cannot be used as it is: too old, or made by a newer program
     */
    public static PostgresDatabase open(PostgresAddress address) {
        PostgresDatabase database = new PostgresDatabase(address);
        try {
            database.openWriter().close();
        } catch (SQLException e) {
            LOG.warn(
                    "database=away where=\"{}\" reason=\"{}\" \"what comes waits in the spool\"",
                    address,
                    e.getMessage());
        } catch (UnusableDatabase e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** Where it is, for a person. */
    public String describe() {
        return address.toString();
    }

    @Override
    Dialect dialect() {
        return Dialect.POSTGRES;
    }

    @Override
    public DataSource readers() {
        return readers;
    }

    @Override
    Connection openWriter() throws SQLException {
        if (!isUpToDate) {
            PostgresSchema.bringUpToDate(address);
            isThere();
        }
        return DriverManager.getConnection(address.url(), address.writer());
    }

    /** Does it at once if it was there since the start, else on a thread of its own when it comes. */
    @Override
    public void whenThere(Runnable work) {
        synchronized (waiting) {
            if (!isUpToDate) {
                waiting.add(work);
                return;
            }
        }
        attempt(work);
    }

    private void isThere() {
        synchronized (waiting) {
            isUpToDate = true;
            if (!waiting.isEmpty()) {
                List<Runnable> works = List.copyOf(waiting);
                waiting.clear();
                // Not on this thread: it has the turn to write, and the work may want it.
                Thread thread = new Thread(() -> works.forEach(Database::attempt), "database-there");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    /** Bytes of all tables of the schema and their indexes; at most a minute old, and older while it is away. */
    @Override
    public long bytes() {
        if (isUpToDate && System.nanoTime() - measuredAt >= FRESH_NANOS) {
            measuredAt = System.nanoTime();
            try (Connection connection = readers.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet size = statement.executeQuery("select coalesce(sum(pg_total_relation_size(oid)), 0)"
                            + " from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace")) {
                bytes = size.next() ? size.getLong(1) : 0;
            } catch (SQLException e) {
                LOG.debug("database size unknown", e);
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        readers.close();
    }

    private static HikariDataSource readOnlyPool(PostgresAddress address) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("readers");
        pool.setJdbcUrl(address.url());
        pool.setDataSourceProperties(address.connection());
        pool.setReadOnly(true);
        // As with SQLite: what a page asks for at once. The server has other guests.
        pool.setMaximumPoolSize(3);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        pool.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }
}
