package org.caravanhub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravanhub.salvage.Row;
import org.caravanhub.salvage.SalvagedFile;
import org.caravanhub.salvage.Signature;
import org.caravanhub.salvage.Survey;
import org.caravanhub.salvage.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of an old file into the database, a few thousand in a transaction between two commits of the writer. A row that is
 * there already stays as it is, so it may be begun again after a kill.
 */
final class Refill {
    private static final int ROWS_AT_ONCE = 2000;
    private static final long RETRY_MILLIS = 500;
    private static final String SOURCE = "source_id";
    private static final String SHAPE = "shape_id";
    private static final String SERIES = "series_id";
    private static final long HOUR = 3_600_000;

    /** The tables whose rows are given back one by one. */
    private static final Map<String, Sql> INSERTS = Stream.of(
                    Tables.READING,
                    Tables.QUARANTINE,
                    "event",
                    "status",
                    "configuration",
                    "roll_up_5_minutes",
                    "roll_up_hour",
                    "roll_up_day",
                    "rolled")
            .collect(Collectors.toUnmodifiableMap(table -> table, table -> Sql.load("salvage/insert-" + table)));

    /** What is noted of each hour of a source that readings came back to; with {@code :source_id} and {@code :hour}. */
    private static final List<Sql> HOUR_NOTES =
            List.of(Sql.load("store/insert-source-hour"), Sql.load("store/mark-unrolled"));

    private final GroupCommit writer;
    private final Renumbering numbers;
    private final Map<Signature, List<Row>> waiting = new LinkedHashMap<>();
    private int waitingRows;
    private long readingsBack;

    Refill(GroupCommit writer, Instant now) {
        this.writer = writer;
        this.numbers = new Renumbering(now);
    }

    /**
     * Everything that a damaged file still has, with its counts.
     *
     * @param mark not 0, another for each old file
     * @return how many readings came back
     * @throws SQLException if the database itself is found to be damaged
     */
    long all(SalvagedFile file, Survey survey, int mark) throws SQLException, InterruptedException {
        lend(connection -> {
            OwnersRows.bringBack(survey, Set.copyOf(Tables.OWNERS), connection);
            OldCounts.addOnce(survey, mark, connection);
            numbers.learn(survey, connection);
            return 0L;
        });
        return rows(file);
    }

    /**
     * What a backup has and the database has not; what was counted since is not changed.
     *
     * @param owners which of {@link Tables#OWNERS} it is asked for
     */
    long missing(SalvagedFile backup, Survey survey, Set<String> owners) throws SQLException, InterruptedException {
        lend(connection -> {
            OwnersRows.bringBack(survey, owners, connection);
            OldCounts.addDevices(survey, false, connection);
            numbers.learn(survey, connection);
            return 0L;
        });
        return rows(backup);
    }

    private long rows(SalvagedFile file) throws SQLException, InterruptedException {
        file.<SQLException>forEach((table, rows) -> {
            if (INSERTS.containsKey(table.table())) {
                waiting.computeIfAbsent(table, none -> new ArrayList<>()).addAll(rows);
                waitingRows += rows.size();
                if (waitingRows >= ROWS_AT_ONCE) {
                    flush();
                }
            }
        });
        flush();
        return readingsBack;
    }

    private void flush() throws SQLException, InterruptedException {
        for (Map.Entry<Signature, List<Row>> entry : waiting.entrySet()) {
            Signature table = entry.getKey();
            List<Row> rows = entry.getValue();
            rows.removeIf(
                    row -> table.value(row, SERIES).isPresent() && !numbers.knowsSeries(number(table, row, SERIES)));
            learnUnknown(table, rows);
            long inserted = insert(table, rows);
            readingsBack += table.table().equals(Tables.READING) ? inserted : 0;
        }
        waiting.clear();
        waitingRows = 0;
    }

    private void learnUnknown(Signature table, List<Row> rows) throws SQLException, InterruptedException {
        for (Row row : rows) {
            long source = number(table, row, SOURCE);
            long shape = number(table, row, SHAPE);
            if (source > 0 && !numbers.knows(source, shape)) {
                lend(connection -> {
                    numbers.learnUnknown(source, shape, row.text(row.values().size() - 1), connection);
                    return 0L;
                });
            }
        }
    }

    /** A row that the database refuses is left out, and takes nobody with it. */
    private long insert(Signature table, List<Row> rows) throws SQLException, InterruptedException {
        Sql.Text sql = Objects.requireNonNull(INSERTS.get(table.table())).in(Dialect.SQLITE);
        try {
            return lend(connection -> insert(table, rows, sql, connection));
        } catch (SQLException e) {
            if (Dialect.SQLITE.failure(e) != Dialect.Failure.ONE_ROW) {
                throw e;
            }
        }
        int half = rows.size() / 2;
        return half == 0 ? 0 : insert(table, rows.subList(0, half)) + insert(table, rows.subList(half, rows.size()));
    }

    private long insert(Signature table, List<Row> rows, Sql.Text sql, Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql.text())) {
            for (Row row : rows) {
                for (int i = 0; i < sql.parameters().size(); i++) {
                    insert.setObject(i + 1, value(table, row, sql.parameters().get(i)));
                }
                insert.addBatch();
            }
            long inserted = Arrays.stream(insert.executeBatch())
                    .filter(count -> count > 0)
                    .count();
            if (table.table().equals(Tables.READING)) {
                noteHours(table, rows, connection);
            }
            return inserted;
        }
    }

    private void noteHours(Signature table, List<Row> rows, Connection connection) throws SQLException {
        Set<List<Long>> hours = new HashSet<>();
        for (Row row : rows) {
            long source = numbers.source(number(table, row, SOURCE));
            hours.add(List.of(source, Math.floorDiv(number(table, row, "measured_at"), HOUR)));
        }
        for (Sql note : HOUR_NOTES) {
            Sql.Text sql = note.in(Dialect.SQLITE);
            try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
                for (List<Long> hour : hours) {
                    for (int i = 0; i < sql.parameters().size(); i++) {
                        statement.setLong(
                                i + 1, hour.get(sql.parameters().get(i).equals(SOURCE) ? 0 : 1));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }

    private @Nullable Object value(Signature table, Row row, String column) {
        return switch (column) {
            case SOURCE -> numbers.source(number(table, row, column));
            case SHAPE -> numbers.shape(number(table, row, column));
            case SERIES -> numbers.series(number(table, row, column));
            default -> table.value(row, column).orElse(null);
        };
    }

    private static long number(Signature table, Row row, String column) {
        return table.value(row, column)
                .filter(Long.class::isInstance)
                .map(Long.class::cast)
                .orElse(0L);
    }

    /** In a transaction of its own; a database that is locked or full is asked again, as the writer does. */
    private long lend(Target.Work<Long> work) throws SQLException, InterruptedException {
        while (true) {
            try {
                return writer.lend(work);
            } catch (SQLException e) {
                Dialect.Failure failure = Dialect.SQLITE.failure(e);
                if (failure == Dialect.Failure.DAMAGED || failure == Dialect.Failure.ONE_ROW) {
                    throw e;
                }
            }
            Thread.sleep(RETRY_MILLIS);
        }
    }
}
