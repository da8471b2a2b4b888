package org.caravanhub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;
import org.caravanhub.salvage.SalvagedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

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

    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
    private static final Sql NUMBER_FROM = Sql.load("salvage/number-from");
    private static final int BUSY_MILLIS = 1000;

    private final Path file;
    private final Readers readers;
    private volatile Object identity;
    private volatile Runnable whenSuspected = () -> {};
    private volatile Runnable whenToStandBack = () -> {};

    private SqliteDatabase(Path file) {
        this.file = file;
        this.readers = new Readers(file);
        this.identity = identify(file);
    }

    /**
     * Opens the file, makes it if it is missing, and brings its schema up to date. A file of ours that is damaged is put aside, for
     * {@link Integrity} to read what can be read, and a new one is begun.
     *
     * @throws UnusableDatabase if it is not ours, newer than this program, or cannot be read; it is untouched then
     */
    public static SqliteDatabase open(Path file) {
        try {
            DamagedFiles damaged = new DamagedFiles(file);
            damaged.finishMove();
            if (Files.notExists(file) && DatabaseCopy.newest(file).isPresent()) {
                begin(file, damaged.noteGone(Instant.now(), "there was no database at the start, only backups of one"));
            }
            openOrBegin(file, damaged);
            return new SqliteDatabase(file);
        } catch (SQLException e) {
            throw new UnusableDatabase(
                    file,
                    "SQLite says \"" + e.getMessage() + "\"",
                    "If it is damaged, move it aside and restore the newest backup; if another program holds it, end that first.",
                    e);
        } catch (IOException e) {
            throw new UnusableDatabase(
                    file,
                    "a damaged database cannot be put aside (" + e + ")",
                    "Give the folder to the user that runs Caravan, and look at the free space with `df -h`.",
                    e);
        }
    }

    /**
     * Puts the file aside and begins a new one. Nobody who writes may be connected.
     *
     * @param reason what is wrong with it
     * @throws IOException if it cannot be moved; nothing has changed then
     * @throws SQLException if no new one can be made
     */
    void replace(Instant now, String reason) throws IOException, SQLException {
        readers.without(() -> {
            begin(file, new DamagedFiles(file).putAside(now, reason));
            identity = identify(file);
        });
    }

    /**
     * Goes on with what is now in the place of the file that was opened, which may be nothing. Nobody who writes may be connected.
     *
     * @param aside what is known of the old file
     */
    void reopen(Instant now, DamageReport aside) throws IOException, SQLException {
        DamagedFiles damaged = new DamagedFiles(file);
        readers.without(() -> {
            damaged.putLogAside(now);
            if (Files.notExists(file)) {
                begin(file, aside);
            } else {
                openOrBegin(file, damaged);
                try (Connection connection = connect(file)) {
                    // It has counts of its own; those of the old file must not be added.
                    OldCounts.mark(aside.mark(), connection);
                }
            }
            identity = identify(file);
        });
    }

    /** Whether the file that was opened is still the one at its place. */
    boolean isInPlace() {
        return identity.equals(identify(file));
    }

    /** Is told when a question finds that the content makes no sense. */
    void whenSuspected(Runnable listener) {
        whenSuspected = listener;
    }

    /** Is told when whoever reads for long must end, since the log has grown much. */
    void whenToStandBack(Runnable listener) {
        whenToStandBack = listener;
    }

    /** Does this while nobody in this process reads: questions at hand are finished, and others wait. */
    void withoutReading(Readers.Work work) throws IOException, SQLException {
        whenToStandBack.run();
        readers.quietly(work);
    }

    @Override
    void suspected() {
        whenSuspected.run();
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
        // The driver would leave a question open after each update, and with an open question no copy can be made.
        config.setGetGeneratedKeys(false);
        config.setBusyTimeout(BUSY_MILLIS);
        return DriverManager.getConnection(url(file), config.toProperties());
    }

    static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    private static void openOrBegin(Path file, DamagedFiles damaged) throws IOException, SQLException {
        create(file);
        try {
            Schema.bringUpToDate(file);
        } catch (SQLException e) {
            if (!isOursAndDamaged(file, e)) {
                throw e;
            }
            begin(file, damaged.putAside(Instant.now(), String.valueOf(e.getMessage())));
        }
    }

    /** A new database after a damaged one. */
    private static void begin(Path file, DamageReport old) throws SQLException {
        LOG.error(
                "database=damaged reason=\"{}\" kept={} \"a new one is begun, and what can be read is brought back\"",
                old.reason(),
                old.file());
        create(file);
        Schema.bringUpToDate(file);
        try (Connection connection = connect(file);
                PreparedStatement statement = connection.prepareStatement(
                        NUMBER_FROM.in(Dialect.SQLITE).text())) {
            statement.setLong(1, old.foundAt().getEpochSecond());
            statement.executeUpdate();
        }
    }

    /** Anything but a lock or a full disk may come from a damaged page; whose it is, its rows tell. */
    private static boolean isOursAndDamaged(Path file, SQLException e) throws IOException {
        Dialect.Failure failure = Dialect.SQLITE.failure(e);
        boolean isDamage = failure == Dialect.Failure.DAMAGED
                || (e instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_ERROR);
        if (!isDamage) {
            return false;
        }
        try (SalvagedFile pages = SalvagedFile.open(file)) {
            return pages.isOurs();
        }
    }

    private static Object identify(Path file) {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (IOException e) {
            return "none";
        }
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
