package org.caravanhub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;

/**
 * Copies of the database in the folder {@code backups} beside it. Made by SQLite itself while the hub goes on writing; a file has
 * its final name only after it was opened, checked and is on the disk.
 */
final class DatabaseCopy {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private DatabaseCopy() {}

    /**
     * Makes a copy and checks it.
     *
     * @param label a word of the file's name
     * @return where it is
     * @throws IOException if it cannot be written, or is not as it should be; nothing is left behind then
     * @throws SQLException if the database cannot be read
     */
    static Path of(Path database, String label, Instant now) throws IOException, SQLException {
        Path folder = folder(database);
        Files.createDirectories(folder);
        Path copy = folder.resolve("caravan-" + TIME.format(now) + "-" + label + ".db");
        try (Connection connection = readOnly(database)) {
            write(connection, copy);
        }
        return copy;
    }

    /** The same of what a connection sees, into this file. Outside of any transaction. */
    static void write(Connection connection, Path copy) throws IOException, SQLException {
        Path part = Path.of(copy + ".part");
        Files.deleteIfExists(part);
        try {
            long before = readings(connection);
            vacuum(connection, part);
            check(part, before);
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
            DamagedFiles.force(copy.resolveSibling("."));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What a connection sees, in a new file that is its owner's alone, and on the disk. */
    static void vacuum(Connection connection, Path into) throws IOException, SQLException {
        Files.createFile(into, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (PreparedStatement vacuum = connection.prepareStatement("vacuum into ?")) {
            vacuum.setString(1, into.toString());
            vacuum.execute();
        }
        // VACUUM INTO does not wait for the disk.
        DamagedFiles.force(into);
    }

    /** The copy that was written last. */
    static Optional<Path> newest(Path database) {
        Path folder = folder(database);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".db"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void check(Path part, long atLeast) throws IOException, SQLException {
        try (Connection connection = readOnly(part)) {
            String verdict = verdict(connection);
            long readings = readings(connection);
            if (!verdict.equals("ok") || readings < atLeast) {
                throw new IOException("the copy has " + readings + " of " + atLeast + " readings, and SQLite says \""
                        + verdict + "\" of it");
            }
        }
    }

    /** What SQLite finds wrong with a file, {@code ok} if nothing. */
    static String verdict(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("pragma quick_check(1)")) {
            return answer.next() ? answer.getString(1) : "no answer";
        }
    }

    private static long readings(Connection connection) throws SQLException {
        return SqliteDatabase.number(connection, "select count(*) from reading");
    }

    static Connection readOnly(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        config.setBusyTimeout(5000);
        return DriverManager.getConnection(SqliteDatabase.url(file), config.toProperties());
    }

    private static Path folder(Path database) {
        return database.toAbsolutePath().resolveSibling("backups");
    }
}
