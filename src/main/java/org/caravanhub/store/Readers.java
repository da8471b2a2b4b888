package org.caravanhub.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;

/**
 * A small pool of connections that cannot write. All of them can be closed and made anew while others hold this source: after the
 * file was put aside, the same path is another file.
 */
final class Readers implements DataSource, AutoCloseable {
    /** What is done to the file meanwhile. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, SQLException;
    }

    /** A little longer than a question may take. */
    private static final long QUIET_NANOS = Duration.ofSeconds(6).toNanos();

    private final Path file;
    private volatile HikariDataSource pool;
    private volatile boolean isAway;

    Readers(Path file) {
        this.file = file;
        this.pool = open(file);
    }

    /** Does this while no connection is open, and lets connections be made again. Whoever asks meanwhile is to try again. */
    synchronized void without(Work work) throws IOException, SQLException {
        isAway = true;
        try {
            // Those that are in use are closed when they come back; SQLite sees then that their file has moved.
            pool.close();
            work.run();
        } finally {
            pool = open(file);
            isAway = false;
        }
    }

    /** Does this while no question is asked, if those at hand end in time. Whoever asks meanwhile waits. */
    synchronized void quietly(Work work) throws IOException, SQLException {
        HikariPoolMXBean gate = pool.getHikariPoolMXBean();
        gate.suspendPool();
        try {
            long until = System.nanoTime() + QUIET_NANOS;
            while (gate.getActiveConnections() > 0 && System.nanoTime() < until) {
                LockSupport.parkNanos(1_000_000);
            }
            work.run();
        } finally {
            gate.resumePool();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (isAway) {
            throw new SQLTransientConnectionException("the database is being replaced");
        }
        return pool.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type);
    }

    private static HikariDataSource open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        config.setBusyTimeout(5000);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("readers");
        pool.setJdbcUrl(SqliteDatabase.url(file));
        pool.setDataSourceProperties(config.toProperties());
        pool.setConnectionInitSql("pragma query_only = true");
        // Three: a page asks for a few things at once; more readers only hold the log back from being folded in.
        pool.setMaximumPoolSize(3);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        pool.setAllowPoolSuspension(true);
        // Opened when first asked, not at start.
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }
}
