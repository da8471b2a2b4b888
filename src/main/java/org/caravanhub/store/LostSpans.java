package org.caravanhub.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.salvage.Lost;
import org.caravanhub.salvage.Row;
import org.caravanhub.salvage.Survey;
import org.caravanhub.salvage.Tables;

/** Says in words for a person what is gone. */
final class LostSpans {
    private static final int MOST = 20;
    private static final int SOURCE = 1;
    private static final int MEASURED_AT = 2;

    private LostSpans() {}

    /** The first twenty spans, and how many more there are. */
    static List<String> in(Survey survey) {
        List<Lost> lost = survey.lost();
        List<String> spans = new java.util.ArrayList<>(
                lost.stream().limit(MOST).map(one -> words(one, survey)).toList());
        if (lost.size() > MOST) {
            int rest = lost.stream().skip(MOST).mapToInt(Lost::rowsAtMost).sum();
            spans.add("and at most " + rest + " rows in " + (lost.size() - MOST) + " other places");
        }
        return spans;
    }

    /** Readings that are gone, at most; what nobody can tell counts as readings. */
    static long readings(Survey survey) {
        return survey.lost().stream()
                .filter(lost -> lost.table().isEmpty() || lost.table().equals(Tables.READING))
                .mapToLong(Lost::rowsAtMost)
                .sum();
    }

    private static String words(Lost lost, Survey survey) {
        if (lost.table().isEmpty()) {
            return "unknown, at most " + lost.rowsAtMost() + " rows";
        }
        if (!lost.table().equals(Tables.READING)) {
            return "at most " + lost.rowsAtMost() + " rows of " + lost.table();
        }
        return "at most " + lost.rowsAtMost() + " readings" + devices(lost, survey) + ", measured "
                + lost.before().map(row -> "from " + time(row)).orElse("from the beginning") + " "
                + lost.after().map(row -> "to " + time(row)).orElse("to the end");
    }

    /** Readings of one minute lie in order of their source: between two of one source there are only its own. */
    private static String devices(Lost lost, Survey survey) {
        Optional<Row> before = lost.before();
        Optional<Row> after = lost.after();
        if (before.isEmpty()
                || after.isEmpty()
                || before.get().number(0) != after.get().number(0)
                || before.get().number(SOURCE) != after.get().number(SOURCE)) {
            return " of any device";
        }
        long source = before.get().number(SOURCE);
        return survey.rows(Tables.SOURCE).stream()
                .filter(row -> row.rowid() == source)
                .map(row -> " of " + row.text(1))
                .findFirst()
                .orElse(" of one device");
    }

    private static String time(Row reading) {
        return Instant.ofEpochMilli(reading.number(MEASURED_AT)).toString();
    }
}
