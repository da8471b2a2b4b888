package org.caravanhub.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.reading.NotAReading;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.WrittenReading;
import org.caravanhub.text.CsvCell;
import org.jspecify.annotations.Nullable;

/** The rows of a file that {@link SqliteExport} wrote. */
final class SqliteReadings implements Readings {
    private static final int APPLICATION_ID_AT = 68;
    private static final int HEADER_BYTES = 100;
    private static final List<String> TEXTS =
            List.of("device", "family", "site", "system", "sensor", "location", "mac", "measured_at", "received_at");

    private final Path file;
    private final Connection connection;
    private final ResultSet rows;
    private final long size;
    private final Mistakes mistakes;
    private final WrittenReading written = new WrittenReading();
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();
    private long read;

    private SqliteReadings(Path file, Connection connection, long size, Mistakes mistakes) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.size = size;
        this.mistakes = mistakes;
        this.rows = connection.createStatement().executeQuery(SqlText.load("select-readings"));
    }

    /**
     * Opens the file for reading.
     *
     * @throws Unreadable if it is damaged, or no export of ours
     */
    static Readings open(Path file, Mistakes mistakes) throws IOException {
        checkHeader(file);
        // Immutable: nothing is made or locked beside a file that may lie on a read-only stick.
        String url = "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + "?mode=ro&immutable=1";
        try {
            Connection connection = DriverManager.getConnection(url);
            try {
                checkWhole(file, connection);
                return new SqliteReadings(file, connection, count(connection), mistakes);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private static void checkHeader(Path file) throws IOException {
        byte[] header;
        try (InputStream in = Files.newInputStream(file)) {
            header = in.readNBytes(HEADER_BYTES);
        }
        int id = header.length < HEADER_BYTES ? 0 : ByteBuffer.wrap(header).getInt(APPLICATION_ID_AT);
        if (id == 0x4372766e) {
            throw new Unreadable(
                    file + " is a hub's own database, not an export",
                    "start a hub with it, and ask that for an export: caravan data export -o FILE");
        }
        if (id != SqliteExport.APPLICATION_ID) {
            throw new Unreadable(
                    file + " is a SQLite file of another program",
                    "what can be imported are files of: caravan data export -o FILE.sqlite");
        }
    }

    private static void checkWhole(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet check = statement.executeQuery("pragma quick_check(1)")) {
                String word = check.next() ? check.getString(1) : "";
                if (!word.equals("ok")) {
                    throw damaged(file, word);
                }
            }
            List<String> columns = new ArrayList<>();
            try (ResultSet table = statement.executeQuery("pragma table_info(reading)")) {
                while (table.next()) {
                    columns.add(table.getString("name"));
                }
            }
            if (!columns.containsAll(TEXTS) || !columns.contains("flags") || !columns.contains("metrics")) {
                throw new Unreadable(file + " has no table reading with the columns of an export, but " + columns, "");
            }
        }
    }

    private static Unreadable damaged(Path file, String why) {
        return new Unreadable(
                file + " is damaged: " + why.replace('\n', ' '),
                "copy it again from where it came from, or export it again");
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlText.load("count-readings"))) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    public @Nullable Reading next() throws IOException {
        try {
            while (rows.next()) {
                read++;
                Reading reading = reading();
                if (reading != null) {
                    return reading;
                }
            }
            return null;
        } catch (SQLException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Reading reading() throws SQLException {
        json.reset();
        for (String column : TEXTS) {
            add((json.size() == 0 ? "{\"" : ",\"") + column + "\":" + CsvCell.textAsJson(text(column)));
        }
        String flags = text("flags");
        add(",\"flags\":"
                + (flags.isEmpty() ? "[]" : "[" + CsvCell.textAsJson(flags).replace(" ", "\",\"") + "]"));
        add(",\"metrics\":" + text("metrics") + "}");
        try {
            return written.read(json.toByteArray(), 0, json.size());
        } catch (NotAReading e) {
            mistakes.at(file + ": row " + rows.getLong("rowid") + " of reading", e.reason());
            return null;
        }
    }

    private String text(String column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }

    private void add(String text) {
        json.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long position() {
        return read;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
