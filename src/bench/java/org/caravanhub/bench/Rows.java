package org.caravanhub.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Looks into a database that another process writes, read-only. */
final class Rows implements AutoCloseable {
    private final Path file;
    private @Nullable Connection connection;

    Rows(Path file) {
        this.file = file;
    }

    /** One number; 0 while there is no file, no table or no answer yet. */
    long number(String question) {
        try {
            return pair(question)[0];
        } catch (SQLException e) {
            return 0;
        }
    }

    /** The first two columns of the first row. */
    long[] pair(String question) throws SQLException {
        if (!Files.exists(file)) {
            return new long[2];
        }
        if (connection == null) {
            connection = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro");
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return new long[] {rows.getLong(1), rows.getMetaData().getColumnCount() > 1 ? rows.getLong(2) : 0};
        }
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
