package org.caravanhub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanhub.salvage.Row;
import org.caravanhub.salvage.Signature;
import org.caravanhub.salvage.Survey;
import org.caravanhub.salvage.Tables;

/**
 * Gives back what people know and want: registrations, credentials, commands. Before any reading, and in one transaction, so that nobody is
 * locked out while the readings come back. What is there already and is newer stays.
 */
final class OwnersRows {
    private static final Map<String, Sql> INSERTS = Tables.OWNERS.stream()
            .collect(Collectors.toUnmodifiableMap(table -> table, table -> Sql.load("salvage/insert-" + table)));

    private OwnersRows() {}

    /** Those of the tables of which nothing can be read. */
    static Set<String> lost(Survey survey) {
        return Tables.OWNERS.stream()
                .filter(table -> survey.rows(table).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Brings the rows of these tables back. A row that the database refuses is left out. */
    static void bringBack(Survey survey, Set<String> tables, Connection connection) throws SQLException {
        for (String table : Tables.OWNERS) {
            List<Row> rows = tables.contains(table) ? survey.rows(table) : List.of();
            if (!rows.isEmpty()) {
                insert(Tables.owners(table), rows, connection);
            }
        }
    }

    private static void insert(Signature table, List<Row> rows, Connection connection) throws SQLException {
        Sql.Text sql =
                java.util.Objects.requireNonNull(INSERTS.get(table.table())).in(Dialect.SQLITE);
        try (PreparedStatement insert = connection.prepareStatement(sql.text())) {
            for (Row row : rows) {
                for (int i = 0; i < sql.parameters().size(); i++) {
                    insert.setObject(
                            i + 1, table.value(row, sql.parameters().get(i)).orElse(null));
                }
                try {
                    insert.executeUpdate();
                } catch (SQLException e) {
                    if (Dialect.SQLITE.failure(e) != Dialect.Failure.ONE_ROW) {
                        throw e;
                    }
                }
            }
        }
    }
}
