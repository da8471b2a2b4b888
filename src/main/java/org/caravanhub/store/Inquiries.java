package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.ota.Inquiry;

/**
 * What devices told of their firmware when they asked for another. A device that asks every minute is written when it says something else
 * than before, and every {@link #AFRESH}; of those that nobody has registered, {@link #UNREGISTERED} are remembered. Safe for use by many
 * threads.
 */
public final class Inquiries {
    /** So many devices that are not registered are remembered; those that asked last. */
    public static final int UNREGISTERED = 2000;

    /** The door of what was reported of a device, and not told by it when it asked: no evidence of what it runs. */
    public static final String REPORTED = "report";

    /** When a device asked last is known to this much. */
    static final Duration AFRESH = Duration.ofMinutes(15);

    /** What nobody had to sign in for is written so often a minute at most. */
    private static final int WRITTEN_A_MINUTE = 120;

    private static final Sql SELECT = Sql.load("inquiry/select-inquiry");
    private static final Sql PUT = Sql.load("inquiry/put-inquiry");
    private static final Sql DELETE_OLDEST = Sql.load("inquiry/delete-oldest-inquiries");
    private static final Sql DEVICES = Sql.load("inquiry/select-firmware-devices");

    private final Changes changes;
    private final Queries queries;
    private final int unregistered;
    private final Object lock = new Object();
    private Instant minute = Instant.EPOCH;
    private int written;

    /**
     * A device that has to do with firmware.
     *
     * @param model what kind it is, as its owner says, else as it told; empty if nobody knows
     * @param version what it runs, as it told last in whichever way; empty if it never did
     * @param lastAt when it was heard or asked last; empty if it never was
     * @param firstAt when it was heard, asked or was registered first
     */
    public record FirmwareDevice(
            String device, String model, String version, Optional<Instant> lastAt, Instant firstAt) {}

    /** Inquiries in the tables of this writer. */
    public Inquiries(Changes changes, Queries queries) {
        this(changes, queries, UNREGISTERED);
    }

    Inquiries(Changes changes, Queries queries, int unregistered) {
        this.changes = changes;
        this.queries = queries;
        this.unregistered = unregistered;
    }

    /**
     * Notes that a device asked, if that says something new.
     *
     * @param inquiry of a valid device id
     * @param door the way it asked: {@code paku}, {@code esphome}, {@code arduino}
     * @param isSigned whether it is known that it was this device, or somebody who may speak for it
     * @return whether anything was written
     */
    public boolean note(Inquiry inquiry, String door, boolean isSigned) {
        Optional<Asked> before = find(inquiry.device());
        if (before.isPresent() && before.get().says(inquiry, door)) {
            return false;
        }
        if (!isSigned && !mayWrite(inquiry.at())) {
            return false;
        }
        Values values = new Values()
                .with("device", inquiry.device())
                .with(
                        "model",
                        inquiry.model().isEmpty() ? before.map(Asked::model).orElse("") : inquiry.model())
                .with(
                        "version",
                        inquiry.version().isEmpty() ? before.map(Asked::version).orElse("") : inquiry.version())
                .with("mac", inquiry.mac().isEmpty() ? before.map(Asked::mac).orElse("") : inquiry.mac())
                .with("door", door)
                .with("at", inquiry.at().toEpochMilli());
        changes.make(change -> {
            int put = change.run(PUT, values);
            return before.isPresent() ? put : change.run(DELETE_OLDEST, new Values().with("keep", unregistered));
        });
        return true;
    }

    /** What a device told of its model when it asked last; empty if it never asked, or did not tell. */
    public String model(String device) {
        return find(device).map(Asked::model).orElse("");
    }

    /** What a device told of the version that it runs when it asked last; empty if it never asked, or did not tell. */
    public String version(String device) {
        return find(device).map(Asked::version).orElse("");
    }

    /**
     * Devices that have to do with firmware, those that were heard last first.
     *
     * @param model only of this model; empty for all
     */
    public List<FirmwareDevice> devices(String model, int limit) {
        return queries.all(DEVICES, new Values().with("model", model).with("limit", limit), Inquiries::device);
    }

    private Optional<Asked> find(String device) {
        return queries.all(SELECT, new Values().with("device", device), Inquiries::asked).stream()
                .findFirst();
    }

    /** By the clock of the hub; when that is set, a minute begins anew. */
    private boolean mayWrite(Instant now) {
        synchronized (lock) {
            if (Duration.between(minute, now).abs().toMinutes() >= 1) {
                minute = now;
                written = 0;
            }
            return ++written <= WRITTEN_A_MINUTE;
        }
    }

    private record Asked(String model, String version, String mac, String door, Instant at) {
        /** Whether writing it down again would say nothing. */
        boolean says(Inquiry inquiry, String asks) {
            return says(model, inquiry.model())
                    && says(version, inquiry.version())
                    && says(mac, inquiry.mac())
                    && door.equals(asks)
                    && Duration.between(at, inquiry.at()).abs().compareTo(AFRESH) < 0;
        }

        private static boolean says(String known, String told) {
            return told.isEmpty() || told.equals(known);
        }
    }

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                row.getString("model"),
                row.getString("version"),
                row.getString("mac"),
                row.getString("door"),
                Instant.ofEpochMilli(row.getLong("asked_at")));
    }

    private static FirmwareDevice device(ResultSet row) throws SQLException {
        String firmware = row.getString("firmware");
        String version = row.getString("version");
        boolean isToldLast = firmware != null
                && (version == null || version.isEmpty() || row.getLong("firmware_at") >= row.getLong("asked_at"));
        long last = row.getLong("last_at");
        return new FirmwareDevice(
                row.getString("device"),
                row.getString("model"),
                isToldLast ? firmware : version == null ? "" : version,
                last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)),
                Instant.ofEpochMilli(row.getLong("first_at")));
    }
}
