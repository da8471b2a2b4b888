package org.caravanhub.store;

import java.util.List;

/** Asks for the count of all that came in. */
public final class LedgerQuery {
    private static final Sql LINES = Sql.load("ledger/select-ledger");

    private final Queries queries;

    /**
     * What came in by one flow.
     *
     * @param flow the id of the route
     * @param counts since the database was made
     */
    public record Line(String flow, Receipt counts) {}

    /** Questions on these connections. */
    public LedgerQuery(Queries queries) {
        this.queries = queries;
    }

    /** Every flow that ever received something, by name. */
    public List<Line> lines() {
        return queries.all(
                LINES,
                new Values(),
                row -> new Line(
                        row.getString("flow"),
                        new Receipt(
                                row.getLong("received"),
                                row.getLong("stored"),
                                row.getLong("duplicate"),
                                row.getLong("quarantined"))));
    }
}
