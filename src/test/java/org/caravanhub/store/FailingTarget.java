package org.caravanhub.store;

import java.sql.SQLException;
import java.util.List;
import org.caravanhub.reading.Reading;

/** The tables, and a mistake in the program that shows at the readings of one device. */
final class FailingTarget extends AroundTarget {
    private final String device;

    FailingTarget(Target tables, String device) {
        super(tables);
        this.device = device;
    }

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
}
