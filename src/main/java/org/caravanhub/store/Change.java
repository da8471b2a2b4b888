package org.caravanhub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.audit.AuditEntry;

/** A transaction of the writer while it is made: what is read in it is what it changes. Only for the thread that it was given to. */
final class Change {
    private static final Sql INSERT_AUDIT = Sql.load("audit/insert-audit");
    private static final Sql DELETE_OLDEST = Sql.load("audit/delete-oldest-audit");

    private final Connection connection;
    private final Dialect dialect;

    Change(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Runs the statement; how many rows it changed. */
    int run(Sql statement, Values values) throws SQLException {
        Sql.Text sql = statement.in(dialect);
        try (PreparedStatement prepared = prepare(sql, values)) {
            return prepared.executeUpdate();
        }
    }

    /** Every row of the answer. */
    <T> List<T> all(Sql statement, Values values, Queries.Row<T> row) throws SQLException {
        Sql.Text sql = statement.in(dialect);
        List<T> rows = new ArrayList<>();
        try (PreparedStatement prepared = prepare(sql, values);
                ResultSet result = prepared.executeQuery()) {
            while (result.next()) {
                rows.add(row.read(result));
            }
        }
        return rows;
    }

    /** Notes in the same transaction who made it. */
    void audit(AuditEntry entry) throws SQLException {
        run(
                INSERT_AUDIT,
                new Values()
                        .with("at", entry.at().toEpochMilli())
                        .with("who", entry.who())
                        .with("action", entry.action())
                        .with("subject", entry.subject())
                        .with("details", entry.details()));
        run(DELETE_OLDEST, new Values());
    }

    private PreparedStatement prepare(Sql.Text sql, Values values) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql.text());
        for (int i = 0; i < sql.parameters().size(); i++) {
            prepared.setObject(i + 1, values.of(sql.parameters().get(i), sql.name()));
        }
        return prepared;
    }
}
