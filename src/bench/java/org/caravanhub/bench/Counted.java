package org.caravanhub.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A layout in whose commits devices and the ledger are counted too, as in the hub: one more page each. */
final class Counted extends Layout {
    private final Layout readings;

    Counted(Layout readings) {
        super(
                readings.name + "-counted",
                readings.pageSize,
                "create table device (id integer primary key, received integer not null, last_seen_at integer not null) strict;"
                        + "create table ledger (flow text not null primary key, received integer not null) strict, without rowid;"
                        + "insert into ledger values ('flow', 0)");
        this.readings = readings;
    }

    @Override
    void create(Connection connection) throws SQLException {
        super.create(connection);
        readings.create(connection);
    }

    @Override
    Sink sink(Connection connection) throws SQLException {
        Sink sink = readings.sink(connection);
        PreparedStatement device =
                connection.prepareStatement("insert into device values (?, 1, ?) on conflict do update"
                        + " set received = received + 1, last_seen_at = excluded.last_seen_at");
        PreparedStatement ledger = connection.prepareStatement("update ledger set received = received + ?");
        return new Sink() {
            @Override
            public void write(List<Row> batch) throws SQLException {
                sink.write(batch);
                for (Row row : batch) {
                    device.setInt(1, row.source());
                    device.setLong(2, row.measuredAt());
                    device.addBatch();
                }
                device.executeBatch();
                ledger.setInt(1, batch.size());
                ledger.executeUpdate();
            }

            @Override
            public void close() throws SQLException {
                sink.close();
                device.close();
                ledger.close();
            }
        };
    }

    @Override
    String means() {
        return readings.means();
    }
}
