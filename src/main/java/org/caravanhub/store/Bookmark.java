package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * How far a spool has been brought into the database, kept in the database by the transaction that stores. So a commit whose answer
 * got lost, or a hub that was killed before it took something out of its spool, counts nothing twice. Belongs to the writer thread.
 */
final class Bookmark {
    private static final Sql SELECT_POSITION = Sql.load("spool/select-position");
    private static final Sql UPSERT_POSITION = Sql.load("spool/upsert-position");
    private static final Sql DELETE_OLD_POSITIONS = Sql.load("spool/delete-old-positions");

    private final LongFunction<String> runs;
    private final Map<String, Long> positions = new HashMap<>();

    /** @param runs the name of the run that a position belongs to */
    Bookmark(LongFunction<String> runs) {
        this.runs = runs;
    }

    /** Of these, in order, what the database does not have yet. Notes that it will have all of it. */
    List<Delivery> advance(List<Delivery> batch, Statements statements) throws SQLException {
        List<Delivery> open = new ArrayList<>(batch.size());
        Map<String, Long> reached = new HashMap<>();
        for (Delivery delivery : batch) {
            if (delivery.isReplacement()) {
                // It comes through no spool; what it replaces says whether it is there already.
                open.add(delivery);
                continue;
            }
            String run = runs.apply(delivery.position());
            long kept = position(run, statements);
            if (kept < delivery.lastPosition()) {
                open.add(delivery.after(kept));
                reached.put(run, delivery.lastPosition());
            }
        }
        for (Map.Entry<String, Long> entry : reached.entrySet()) {
            PreparedStatement upsert = statements.of(UPSERT_POSITION);
            upsert.setString(1, entry.getKey());
            upsert.setLong(2, entry.getValue());
            upsert.executeUpdate();
            positions.put(entry.getKey(), entry.getValue());
        }
        return open;
    }

    /** What is remembered may not be what the database has. */
    void forget() {
        positions.clear();
    }

    private long position(String run, Statements statements) throws SQLException {
        Long known = positions.get(run);
        if (known != null) {
            return known;
        }
        statements.of(DELETE_OLD_POSITIONS).executeUpdate();
        PreparedStatement select = statements.of(SELECT_POSITION);
        select.setString(1, run);
        try (ResultSet rows = select.executeQuery()) {
            long position = rows.next() ? rows.getLong(1) : 0;
            positions.put(run, position);
            return position;
        }
    }
}
