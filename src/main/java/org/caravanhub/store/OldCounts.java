package org.caravanhub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanhub.salvage.Row;
import org.caravanhub.salvage.Survey;
import org.caravanhub.salvage.Tables;

/**
 * Adds what an old file has counted to what is counted since, once: the mark that it is done is {@code user_version}, and it changes
 * in the same transaction.
 */
final class OldCounts {
    private static final Sql ADD_DEVICE = Sql.load("salvage/add-device");
    private static final Sql ADD_LEDGER = Sql.load("store/upsert-ledger");
    /** What is counted for a flow whose own count is lost. */
    private static final String UNKNOWN_FLOW = "salvaged";

    private OldCounts() {}

    /**
     * Adds them, unless that is done.
     *
     * @param mark not 0, another for each old file
     */
    static void addOnce(Survey survey, int mark, Connection connection) throws SQLException {
        boolean isDone = SqliteDatabase.number(connection, "pragma user_version") == mark;
        addDevices(survey, !isDone, connection);
        if (isDone) {
            return;
        }
        Map<String, Row> flows = best(survey.rows(Tables.LEDGER), 1);
        try (PreparedStatement add = Renumbering.prepare(ADD_LEDGER, connection)) {
            for (Row flow : flows.values()) {
                add.setString(1, flow.text(0));
                bind(flow, 1, add, 2);
                add.executeUpdate();
            }
            if (flows.isEmpty()) {
                addSumOfDevices(survey, add);
            }
        }
        mark(mark, connection);
    }

    /** Notes that the counts of this old file are in. */
    static void mark(int mark, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma user_version = " + mark);
        }
    }

    /** A device must exist before its sources do; from a backup it comes without its counts, which are older than those here. */
    static void addDevices(Survey survey, boolean withCounts, Connection connection) throws SQLException {
        try (PreparedStatement add = Renumbering.prepare(ADD_DEVICE, connection)) {
            for (Row device : best(survey.rows(Tables.DEVICE), 4).values()) {
                add.setString(1, device.text(0));
                add.setString(2, device.text(1));
                add.setLong(3, device.number(2));
                add.setLong(4, device.number(3));
                if (withCounts) {
                    bind(device, 4, add, 5);
                } else {
                    bind(new Row(0, List.of(0L, 0L, 0L, 0L)), 0, add, 5);
                }
                add.executeUpdate();
            }
        }
    }

    /** The ledger was on the page that is lost. */
    private static void addSumOfDevices(Survey survey, PreparedStatement add) throws SQLException {
        long[] sums = new long[4];
        for (Row device : best(survey.rows(Tables.DEVICE), 4).values()) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += device.number(4 + i);
            }
        }
        if (sums[0] > 0) {
            add.setString(1, UNKNOWN_FLOW);
            bind(new Row(0, List.of(sums[0], sums[1], sums[2], sums[3])), 0, add, 2);
            add.executeUpdate();
        }
    }

    /** An old version of a row may still lie about; the one that has counted most is the last. */
    private static Map<String, Row> best(List<Row> rows, int received) {
        Map<String, Row> best = new HashMap<>();
        for (Row row : rows) {
            best.merge(row.text(0), row, (a, b) -> a.number(received) >= b.number(received) ? a : b);
        }
        return best;
    }

    private static void bind(Row counts, int from, PreparedStatement statement, int to) throws SQLException {
        for (int i = 0; i < 4; i++) {
            statement.setLong(to + i, counts.number(from + i));
        }
    }
}
