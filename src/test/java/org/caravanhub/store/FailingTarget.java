package org.caravanhub.store;

import java.sql.SQLException;
import java.util.List;
import org.caravanhub.reading.Reading;

/** The tables, and a mistake in the program that shows at the readings of one device. */
record FailingTarget(Target tables, String device) implements Target {
    @Override
    public void write(List<Delivery> batch) throws SQLException {
        for (Delivery delivery : batch) {
            if (delivery.outcomes().stream()
                    .anyMatch(o -> o instanceof Reading r && r.source().device().equals(device))) {
                throw new IllegalStateException("a mistake");
            }
        }
        tables.write(batch);
    }

    @Override
    public void undo() {
        tables.undo();
    }

    @Override
    public void disconnect() {
        tables.disconnect();
    }

    @Override
    public Dialect.Failure failure(SQLException e) {
        return tables.failure(e);
    }

    @Override
    public List<Reading> stored() {
        return tables.stored();
    }

    @Override
    public Receipt receipt() {
        return tables.receipt();
    }

    @Override
    public <T> T lend(Work<T> work) throws SQLException {
        return tables.lend(work);
    }
}
