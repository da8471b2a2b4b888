package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.caravanhub.reading.Source;

/** The numbers of sources, remembered. Belongs to the writer thread. */
final class Sources {
    /** Far more than any hub has; a sender that makes up places fills this and not the memory. */
    private static final int REMEMBERED = 20_000;

    private final Map<Source, Long> numbers = new HashMap<>();

    long numberOf(Source source, Statements statements) throws SQLException {
        Long known = numbers.get(source);
        if (known != null) {
            return known;
        }
        long number = find(source, statements.selectSource);
        if (number < 0) {
            number = find(source, statements.insertSource);
        }
        if (numbers.size() >= REMEMBERED) {
            numbers.clear();
        }
        numbers.put(source, number);
        return number;
    }

    void forget() {
        numbers.clear();
    }

    private static long find(Source source, PreparedStatement statement) throws SQLException {
        statement.setString(1, source.device());
        statement.setString(2, source.family());
        statement.setString(3, source.site());
        statement.setString(4, source.system());
        statement.setString(5, source.sensor());
        statement.setString(6, source.location());
        statement.setString(7, source.mac());
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : -1;
        }
    }
}
