package org.caravanhub.store;

import java.util.Map;
import java.util.TreeMap;

/** Which version the tables are, and how many rows the small ones have. */
public final class TableCounts {
    private static final Sql SCHEMA = Sql.load("bundle/select-schema");
    private static final Sql ROWS = Sql.load("bundle/count-rows");

    private final Queries queries;

    /** Questions on these connections. */
    public TableCounts(Queries queries) {
        this.queries = queries;
    }

    /** The version of the tables. */
    public long schema() {
        return queries.all(SCHEMA, new Values(), row -> row.getLong("version")).get(0);
    }

    /** Rows by table. */
    public Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        queries.all(ROWS, new Values(), row -> rows.put(row.getString("table_name"), row.getLong("row_count")));
        return rows;
    }
}
