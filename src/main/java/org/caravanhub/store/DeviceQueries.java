package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.device.Device;

/** Asks for devices. */
public final class DeviceQueries {
    private static final Sql PAGE = Sql.load("device/page-devices");
    private static final Sql ONE = Sql.load("device/select-device");
    private static final Sql HEARD = Sql.load("alert/select-heard");
    private static final Sql COUNT = Sql.load("device/count-devices");

    private final Queries queries;

    /** Questions on these connections. */
    public DeviceQueries(Queries queries) {
        this.queries = queries;
    }

    /** A page of devices in order of id, from the one after this id on; the empty id is before all. */
    public List<Device> page(String after, int limit) {
        Values values = new Values().with("after", after).with("limit", limit);
        return queries.all(PAGE, values, DeviceQueries::read);
    }

    /** The device, if it was ever heard. */
    public Optional<Device> find(String id) {
        return queries.all(ONE, new Values().with("device", id), DeviceQueries::read).stream()
                .findFirst();
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

    private static Device read(ResultSet row) throws SQLException {
        return new Device(
                row.getString("id"),
                row.getString("family"),
                Instant.ofEpochMilli(row.getLong("first_seen_at")),
                Instant.ofEpochMilli(row.getLong("last_seen_at")),
                row.getLong("received"),
                row.getLong("stored"),
                row.getLong("duplicate"),
                row.getLong("quarantined"));
    }
}
