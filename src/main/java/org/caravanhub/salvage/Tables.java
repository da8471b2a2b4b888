package org.caravanhub.salvage;

import java.util.List;
import java.util.Set;

/**
 * The tables whose rows are looked for, as {@code db/migration} makes them. What can be made from other rows (metric, source_hour)
 * is not among them.
 */
public final class Tables {
    public static final String READING = "reading";
    public static final String SOURCE = "source";
    public static final String SHAPE = "shape";
    public static final String DEVICE = "device";
    public static final String LEDGER = "ledger";
    public static final String QUARANTINE = "quarantine";

    public static final String SERIES = "series";

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final String SUMS = "count i, min r, max r, sum r, last r, last_at i, energy_wh R";
    private static final Set<String> STATES = Set.of("online", "offline", "updating", "error");
    private static final Set<String> SEVERITIES = Set.of("info", "warning", "error", "critical");

    private static final Signature SOURCES = Signature.table(
            SOURCE,
            "id n, device t, family t, site t, system t, sensor t, location t, mac t",
            row -> isId(row.rowid()) && isName(row.text(1)));
    private static final Signature SHAPES =
            Signature.table(SHAPE, "id n, names t", row -> row.rowid() >= 0 && isEnclosed(row.text(1)));

    private static final Signature SERIES_ROWS =
            Signature.table(SERIES, "id n, source_id i, metric t", row -> isId(row.rowid()) && isName(row.text(2)));

    /**
     * A new table of the schema gets a line here, and the statement that gives its rows back: {@code sql/salvage/insert-TABLE.sql},
     * whose parameters are named like the columns. {@code source_id}, {@code shape_id} and {@code series_id} are renumbered there.
     */
    static final List<Signature> ALL = List.of(
            Signature.withoutRowid(
                    READING,
                    "minute i, source_id i, measured_at i, received_at i, flags i, shape_id i, values t",
                    Tables::isReading),
            SOURCES,
            SOURCES.inUniqueIndex(),
            SHAPES,
            SHAPES.inUniqueIndex(),
            Signature.withoutRowid(
                    DEVICE,
                    "id t, family t, first_seen_at i, last_seen_at i, received i, stored i, duplicate i, quarantined i",
                    row -> isName(row.text(0)) && isBalanced(row, 4)),
            Signature.withoutRowid(
                    LEDGER, "flow t, received i, stored i, duplicate i, quarantined i", row -> isBalanced(row, 1)),
            Signature.table(
                    QUARANTINE,
                    "id n, received_at i, topic t, payload b, size i, device t, cause t, reason t, flow t, step t",
                    row -> isId(row.rowid()) && row.number(1) > 0),
            Signature.table(
                    "event",
                    "id n, device t, source_id i, name t, severity t, message t, said_at i, as_of i, received_at i, flags i,"
                            + " fingerprint i, details t",
                    row -> isId(row.number(2)) && SEVERITIES.contains(row.text(4))),
            Signature.table(
                    "status",
                    "id n, device t, source_id i, state t, activity t, uptime_s I, rssi_dbm I, firmware t, model t, said_at i,"
                            + " as_of i, received_at i, flags i, fingerprint i, details t",
                    row -> isId(row.number(2)) && STATES.contains(row.text(3))),
            Signature.table(
                    "configuration",
                    "id n, device t, source_id i, said_at i, as_of i, received_at i, flags i, fingerprint i, document t",
                    row -> isId(row.number(2)) && isName(row.text(1))),
            SERIES_ROWS,
            SERIES_ROWS.inUniqueIndex(),
            Signature.withoutRowid(
                    "roll_up_5_minutes", "bucket i, series_id i, " + SUMS, row -> isSum(row, 0, 5 * MINUTE)),
            Signature.withoutRowid("roll_up_hour", "series_id i, bucket i, " + SUMS, row -> isSum(row, 1, HOUR)),
            Signature.withoutRowid("roll_up_day", "series_id i, bucket i, " + SUMS, row -> isSum(row, 1, 24 * HOUR)),
            Signature.withoutRowid("rolled", "source_id i, hour i, kept_from I", Tables::isRolled));

    private Tables() {}

    private static boolean isReading(Row row) {
        return row.number(0) == Math.floorDiv(row.number(2), MINUTE)
                && isId(row.number(1))
                && row.number(5) >= 0
                && isEnclosed(row.text(6));
    }

    /** received = stored + duplicate + quarantined */
    private static boolean isBalanced(Row row, int received) {
        return row.number(received) == row.number(received + 1) + row.number(received + 2) + row.number(received + 3)
                && row.number(received) >= 0;
    }

    /** The last value of a bucket lies in it. */
    private static boolean isSum(Row row, int bucket, long spanMillis) {
        return row.number(bucket) == Math.floorDiv(row.number(7), spanMillis)
                && isId(row.number(1 - bucket))
                && row.number(2) > 0;
    }

    /** Readings are kept from about the hour on in which they came. */
    private static boolean isRolled(Row row) {
        long keptFrom = row.values().get(2) == null ? row.number(1) : row.number(2);
        return isId(row.number(0)) && row.number(1) > row.number(0) && Math.abs(keptFrom - row.number(1)) < 10_000;
    }

    private static boolean isId(long number) {
        return number > 0 && number < 1L << 40;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }

    /** A JSON array or object, as far as its ends tell. */
    private static boolean isEnclosed(String text) {
        return text.startsWith("[") && text.endsWith("]") || text.startsWith("{") && text.endsWith("}");
    }
}
