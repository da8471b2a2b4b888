package org.caravanhub.store;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** What is deleted of a device, piece by piece. Used by one thread. */
final class ForgottenDevice {
    private static final Sql SOURCES = Sql.load("forgetting/select-sources");
    private static final Sql HOURS = Sql.load("forgetting/select-hours");
    private static final Sql READINGS = Sql.load("forgetting/delete-readings");
    private static final Sql FORGET_HOUR = Sql.load("forgetting/forget-hour");
    private static final Sql ROLLED = Sql.load("forgetting/select-rolled");
    private static final Sql FIVE_MINUTES = Sql.load("forgetting/delete-5-minutes");
    private static final Sql FORGET_ROLLED = Sql.load("forgetting/forget-rolled");
    private static final Sql QUARANTINE_END = Sql.load("forgetting/select-quarantine-end");
    private static final Sql QUARANTINE = Sql.load("forgetting/delete-quarantine");
    /** With {@code :source_id} and {@code :limit}. */
    private static final List<Sql> OF_SOURCE = all("forgetting/delete-hours", "forgetting/delete-days");
    /** With {@code :device} and {@code :limit}. */
    private static final List<Sql> OF_DEVICE = all(
            "forgetting/delete-events",
            "forgetting/delete-statuses",
            "forgetting/delete-configurations",
            "forgetting/delete-commands",
            "forgetting/delete-updates",
            "forgetting/delete-alerts");
    /** With {@code :source_id}. */
    private static final List<Sql> LAST_OF_SOURCE = all("forgetting/delete-unrolled", "forgetting/delete-series");
    /** With {@code :device}. */
    private static final List<Sql> LAST = all(
            "forgetting/delete-sources",
            "forgetting/delete-crossings",
            "forgetting/delete-device",
            "registration/end-forgetting");

    /** Rows of some hundred bytes, for each hour that is taken up. */
    private static final int ROWS_AN_HOUR = 200;

    private static final int QUARANTINE_PART = 2000;
    private static final long UNKNOWN = -1;

    private final String device;
    private final Pace pace = new Pace(2);
    private long quarantineAfter = UNKNOWN;

    ForgottenDevice(String device) {
        this.device = device;
    }

    private static List<Sql> all(String... names) {
        return Stream.of(names).map(Sql::load).toList();
    }

    /** Deletes as much as is short; false if nothing is left, but what stands for the device itself. */
    boolean deleteSome(Change change) throws SQLException {
        long start = System.nanoTime();
        boolean wasThere = readings(change) || rows(change) || quarantine(change);
        pace.took(System.nanoTime() - start);
        return wasThere;
    }

    /** The last of it; false, and nothing is done, if something came meanwhile. */
    boolean end(Change change) throws SQLException {
        if (readings(change) || rows(change)) {
            return false;
        }
        for (long source : sources(change)) {
            for (Sql statement : LAST_OF_SOURCE) {
                change.run(statement, new Values().with("source_id", source));
            }
        }
        for (Sql statement : LAST) {
            change.run(statement, new Values().with("device", device));
        }
        return true;
    }

    private boolean readings(Change change) throws SQLException {
        for (long source : sources(change)) {
            if (hours(change, source, HOURS, READINGS, FORGET_HOUR)
                    || hours(change, source, ROLLED, FIVE_MINUTES, FORGET_ROLLED)) {
                return true;
            }
        }
        return false;
    }

    private boolean hours(Change change, long source, Sql select, Sql delete, Sql forget) throws SQLException {
        Values some = new Values().with("source_id", source).with("limit", pace.limit());
        List<Long> hours = change.all(select, some, row -> row.getLong("hour"));
        for (long hour : hours) {
            Values values = new Values().with("source_id", source).with("hour", hour);
            change.run(delete, values);
            change.run(forget, values);
        }
        return !hours.isEmpty();
    }

    private boolean rows(Change change) throws SQLException {
        int limit = ROWS_AN_HOUR * pace.limit();
        for (long source : sources(change)) {
            for (Sql statement : OF_SOURCE) {
                if (change.run(statement, new Values().with("source_id", source).with("limit", limit)) > 0) {
                    return true;
                }
            }
        }
        for (Sql statement : OF_DEVICE) {
            if (change.run(statement, new Values().with("device", device).with("limit", limit)) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Goes through quarantine once, in parts: it has no index by device. */
    private boolean quarantine(Change change) throws SQLException {
        long[] ends = change.all(
                        QUARANTINE_END, new Values(), row -> new long[] {row.getLong("first"), row.getLong("last")})
                .get(0);
        if (quarantineAfter == UNKNOWN) {
            quarantineAfter = ends[0] - 1;
        }
        if (quarantineAfter >= ends[1]) {
            return false;
        }
        long upTo = quarantineAfter + QUARANTINE_PART;
        change.run(
                QUARANTINE,
                new Values()
                        .with("device", device)
                        .with("after", quarantineAfter)
                        .with("up_to", upTo));
        quarantineAfter = upTo;
        return true;
    }

    private List<Long> sources(Change change) throws SQLException {
        return change.all(SOURCES, new Values().with("device", device), row -> row.getLong("id"));
    }
}
