package org.caravanhub.salvage;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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

    /**
     * What people know and want, and nobody else could tell again. An old version of a row may still lie about: each has something by which
     * the newest is known.
     */
    public static final List<String> OWNERS = List.of(
            "registration",
            "credential",
            "claim_code",
            "presence",
            "command",
            "command_sequence",
            "desired_configuration",
            "alert",
            "alert_mute",
            "rollout",
            "device_update",
            "firmware_release",
            "trusted_key",
            "firmware_policy",
            "audit");

    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern CODE = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> PRESENCES = Set.of("new", "online", "stale", "offline", "disabled");
    private static final Set<String> COMMAND_STATES =
            Set.of("queued", "sent", "delivered", "done", "failed", "expired");
    private static final Set<String> ROLLOUT_STATES =
            Set.of("running", "paused", "completed", "stopped", "rolling_back", "rolled_back");
    private static final Set<String> UPDATE_STATES = Set.of(
            "waiting",
            "offered",
            "downloading",
            "installing",
            "verifying",
            "done",
            "failed",
            "rolled_back",
            "timed_out");
    private static final Set<String> PRIORITIES = Set.of("low", "normal", "high", "urgent");

    private static final Set<String> KEY_ALGORITHMS = Set.of("ecdsa-p256", "minisign");

    /** Times of this century in milliseconds, and nothing else that is counted. */
    private static final long MILLENNIUM = 946_684_800_000L;

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final String SUMS = "count i, min r, max r, sum r, last r, last_at i, energy_wh R, covered_ms A";
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
            Signature.withoutRowid("rolled", "source_id i, hour i, kept_from I", Tables::isRolled),
            Signature.withoutRowid(
                    "registration",
                    "device t, family t, site t, system t, model t, name t, device_group t, tags t, location t, notes t,"
                            + " interval_ms I, disabled i, created_at i, changed_at i",
                    row -> isDevice(row.text(0)) && isEnclosed(row.text(7)) && row.number(12) > MILLENNIUM),
            Signature.withoutRowid(
                    "credential",
                    "user_name t, device t, password_hash t, made_at i, expires_at I",
                    row -> isDevice(row.text(1)) && row.text(2).startsWith("$") && row.number(3) > MILLENNIUM),
            Signature.withoutRowid(
                    "claim_code",
                    "id t, code_hash t, device t, family t, site t, system t, model t, device_group t, made_by t, made_at i,"
                            + " expires_at i, used_at I, used_by t",
                    row -> CODE.matcher(row.text(1)).matches()),
            Signature.withoutRowid(
                    "presence",
                    "device t, state t, cause t, reason t, since i, heard_at i, interval_ms I",
                    row -> isDevice(row.text(0)) && PRESENCES.contains(row.text(1))),
            Signature.withoutRowid(
                    "command",
                    "id t, device t, name t, parameters t, state t, reason t, way t, topic t, reference t, sequence i,"
                            + " idempotency_key t, created_by t, created_at i, expires_at i, attempts i, taken i, sent_at I,"
                            + " delivered_at I, finished_at I, answer t",
                    row -> isDevice(row.text(1)) && COMMAND_STATES.contains(row.text(4))),
            Signature.withoutRowid(
                    "command_sequence", "receiver t, last i", row -> isName(row.text(0)) && row.number(1) > 0),
            Signature.withoutRowid(
                    "desired_configuration",
                    "device t, document t, topic t, version i, published_version i, changed_at i, changed_by t",
                    row -> isDevice(row.text(0)) && row.number(3) > 0 && row.number(5) > MILLENNIUM),
            Signature.table(
                    "alert",
                    "id n, name t, device t, flow t, severity t, state t, title t, text t, count i, opened_at i, last_at i,"
                            + " told_at I, closes_at I, acknowledged_at I, acknowledged_by t, resolved_at I, resolved_why t",
                    row -> isId(row.rowid()) && PRIORITIES.contains(row.text(4)) && row.number(9) > MILLENNIUM),
            Signature.withoutRowid(
                    "alert_mute",
                    "name t, device t, until i, muted_by t",
                    row -> row.number(2) > MILLENNIUM && isName(row.text(3))),
            Signature.withoutRowid(
                    "trusted_key",
                    "name t, algorithm t, public_key t, added_at i, added_by t, removed_at I",
                    row -> KEY_ALGORITHMS.contains(row.text(1)) && row.number(3) > MILLENNIUM),
            Signature.withoutRowid(
                    "firmware_policy",
                    "model t, signed_only i, changed_at i, changed_by t",
                    row -> row.number(1) >> 1 == 0 && row.number(2) > MILLENNIUM && isName(row.text(3))),
            Signature.table(
                    "firmware_release",
                    "id n, model t, version t, size i, sha256 t, md5 t, kind t, chip t, project t, built_version t, elf_sha256 t,"
                            + " appended_sha256 t, key t, notes t, changelog t, min_version t, signed_by t, uploaded_at i,"
                            + " uploaded_by t",
                    row -> isId(row.rowid()) && CODE.matcher(row.text(4)).matches() && row.number(17) > MILLENNIUM),
            Signature.table(
                    "rollout",
                    "id n, name t, model t, version t, audience t, plan t, percent i, ring i, state t, reason t, soaks_since I,"
                            + " forgiven_failed i, forgiven_ended i, returns I, created_at i, created_by t, changed_at i",
                    row -> isId(row.rowid()) && ROLLOUT_STATES.contains(row.text(8)) && isEnclosed(row.text(5))),
            Signature.withoutRowid(
                    "device_update",
                    "rollout i, device t, version t, from_version t, state t, percent i, reason t, attempts i, offered_at I,"
                            + " started_at I, verifying_since I, seen_at I, spent_ms i, restarts i, ended_at I,"
                            + " changed_at i",
                    row -> isId(row.number(0)) && isDevice(row.text(1)) && UPDATE_STATES.contains(row.text(4))),
            Signature.table(
                    "audit",
                    "id n, at i, who t, action t, subject t, details t",
                    row -> isId(row.rowid()) && row.number(1) > MILLENNIUM && isEnclosed(row.text(5))));

    /** How the rows of one of {@link #OWNERS} look. */
    public static Signature owners(String table) {
        return ALL.stream()
                .filter(signature -> signature.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isDevice(String text) {
        return DEVICE_ID.matcher(text).matches();
    }

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
