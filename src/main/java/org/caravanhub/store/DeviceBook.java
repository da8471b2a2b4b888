package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.device.Device;
import org.caravanhub.device.KnownDevice;
import org.caravanhub.device.Registration;

/** Asks for devices: what was heard of them and what their owner knows, together. */
public final class DeviceBook {
    private static final Sql PAGE = Sql.load("registration/page-known");
    private static final Sql ONE = Sql.load("registration/select-known");
    private static final Sql IDS = Sql.load("registration/page-ids");
    private static final Sql HEARD = Sql.load("device/select-heard-since");
    private static final Sql COUNT = Sql.load("device/count-devices");
    private static final Sql DISABLED = Sql.load("registration/select-disabled");
    private static final int IDS_AT_ONCE = 1000;

    private final Queries queries;

    /** Questions on these connections. */
    public DeviceBook(Queries queries) {
        this.queries = queries;
    }

    /** A page of devices in order of id, from the one after this id on; the empty id is before all. */
    public List<KnownDevice> page(String after, int limit) {
        return queries.all(PAGE, new Values().with("after", after).with("limit", limit), DeviceBook::read);
    }

    /** The device, if it was ever heard or is registered. */
    public Optional<KnownDevice> find(String id) {
        return queries.all(ONE, new Values().with("device", id), DeviceBook::read).stream()
                .findFirst();
    }

    /** What the owner knows of it, if anything. */
    public Optional<Registration> registration(String id) {
        return RegistrationRows.find(queries, id);
    }

    /** Every registered device. */
    public Set<String> registered() {
        Set<String> all = new HashSet<>();
        String after = "";
        while (true) {
            List<String> page = queries.all(
                    IDS, new Values().with("after", after).with("limit", IDS_AT_ONCE), row -> row.getString("device"));
            all.addAll(page);
            if (page.size() < IDS_AT_ONCE) {
                return all;
            }
            after = page.get(page.size() - 1);
        }
    }

    /** Every disabled device. */
    public Set<String> disabled() {
        return new HashSet<>(queries.all(DISABLED, new Values(), row -> row.getString("device")));
    }

    /** Which devices said anything since then. */
    public Set<String> heardSince(Instant since) {
        return Set.copyOf(
                queries.all(HEARD, new Values().with("since", since.toEpochMilli()), row -> row.getString("id")));
    }

    /** How many devices were ever heard. */
    public long count() {
        return queries.all(COUNT, new Values(), row -> row.getLong("devices")).get(0);
    }

    private static KnownDevice read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Optional<Device> heard = row.getString("heard_family") == null ? Optional.empty() : Optional.of(heard(id, row));
        Optional<Registration> registration =
                row.getString("device") == null ? Optional.empty() : Optional.of(RegistrationRows.read(row));
        return new KnownDevice(
                id, heard, registration, orEmpty(row.getString("firmware")), orEmpty(row.getString("told_model")));
    }

    private static Device heard(String id, ResultSet row) throws SQLException {
        return new Device(
                id,
                row.getString("heard_family"),
                Instant.ofEpochMilli(row.getLong("first_seen_at")),
                Instant.ofEpochMilli(row.getLong("last_seen_at")),
                row.getLong("received"),
                row.getLong("stored"),
                row.getLong("duplicate"),
                row.getLong("quarantined"));
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
