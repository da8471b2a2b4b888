package org.caravanhub.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file: who may write it (one connection, {@link GroupCommit}'s), who may read it (a small pool that cannot write), and
 * how each is set up.
 *
 * <p>No other code in this process may open, copy or hash the file while it is open here: closing any file handle on it drops
 * SQLite's locks, and the next visitor deletes the log with committed rows in it (measured; docs/explanation/storage.md).
 */
public final class SqliteDatabase extends Database {
    /** "Crvn": marks the file as ours, so that somebody else's database is refused and not filled. */
    static final int APPLICATION_ID = 0x4372766e;

    private static final int BUSY_MILLIS = 1000;

    private final Path file;
    private final HikariDataSource readers;

    private SqliteDatabase(Path file, HikariDataSource readers) {
        this.file = file;
        this.readers = readers;
    }

    /**
     * Opens the file, makes it if it is missing, and brings its schema up to date.
     *
     * @throws UnusableDatabase if it is not ours, damaged, newer than this program, or cannot be read; it is untouched then
     */
    public static SqliteDatabase open(Path file) {
        create(file);
        try {
            Schema.bringUpToDate(file);
        } catch (SQLException e) {
            throw new UnusableDatabase(
                    file,
                    "SQLite says \"" + e.getMessage() + "\"",
                    "If it is damaged, move it aside and restore the newest backup; if another program holds it, end that first.",
                    e);
        }
        return new SqliteDatabase(file, readOnlyPool(file));
    }

    /** The file that everything is in. */
    public Path file() {
        return file;
    }

    @Override
    Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public DataSource readers() {
        return readers;
    }

    @Override
    Connection openWriter() throws SQLException {
        return connect(file);
    }

    /** Bytes of the write-ahead log; grows while a long reader keeps it from being folded into the file. */
    public long walBytes() {
        return sizeOf(Path.of(file + "-wal"));
    }

    @Override
    public long bytes() {
        return sizeOf(file);
    }

    @Override
    public void close() {
        readers.close();
    }

    static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setPragma(SQLiteConfig.Pragma.PAGE_SIZE, "4096");
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL, because a message is acknowledged when it is committed: NORMAL loses the last seconds at a power cut.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(16 * 1024 * 1024);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return DriverManager.getConnection(url(file), config.toProperties());
    }

    static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    private static HikariDataSource readOnlyPool(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        config.setBusyTimeout(5000);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("readers");
        pool.setJdbcUrl(url(file));
        Properties properties = config.toProperties();
        pool.setDataSourceProperties(properties);
        pool.setConnectionInitSql("pragma query_only = true");
        // Three: a page asks for a few things at once; more readers only hold the log back from being folded in.
        pool.setMaximumPoolSize(3);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        // Opened when first asked, not at start.
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    /** SQLite would make the file readable by everybody. Its log and index files take over the file's permissions. */
    static void create(Path file) {
        try {
            if (Files.notExists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw new UnusableDatabase(
                    file, "it cannot be made (" + e + ")", "Give the folder to the user that runs Caravan.", e);
        }
    }

    static long sizeOf(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Asks for one number. */
    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
