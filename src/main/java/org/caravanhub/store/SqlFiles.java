package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.JdbcPrepareStatementStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code jdbc:} run a statement of {@code sql/}: the body is its name, {@code upkeep/take-hours}, and its parameters are headers. Its
 * words are those for the database in use.
 */
public final class SqlFiles implements JdbcPrepareStatementStrategy {
    private final Dialect dialect;
    private final Map<String, Sql> files = new ConcurrentHashMap<>();

    /** Statements for this database. */
    public SqlFiles(Database database) {
        this.dialect = database.dialect();
    }

    @Override
    public String prepareQuery(String name, boolean allowNamedParameters) {
        return statement(name).text();
    }

    @Override
    public Iterator<?> createPopulateIterator(
            String name, String prepared, int expected, Exchange exchange, @Nullable Object body) {
        List<Object> values = new ArrayList<>();
        for (String parameter : statement(name).parameters()) {
            Object value = exchange.getMessage().getHeader(parameter);
            if (value == null) {
                throw new IllegalArgumentException(
                        "No header " + parameter + " for :" + parameter + " of " + name + ".sql");
            }
            values.add(value);
        }
        return values.iterator();
    }

    @Override
    public void populateStatement(PreparedStatement statement, Iterator<?> values, int expected) throws SQLException {
        for (int place = 1; values.hasNext(); place++) {
            statement.setObject(place, values.next());
        }
    }

    private Sql.Text statement(String name) {
        return files.computeIfAbsent(name.strip(), Sql::load).in(dialect);
    }
}
