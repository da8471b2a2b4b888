package org.caravanhub.store;

import java.sql.SQLException;
import java.util.List;
import org.caravanhub.reading.Reading;

/** Another target, for tests in which writing to it goes wrong. */
abstract class AroundTarget implements Target {
    final Target tables;

    AroundTarget(Target tables) {
        this.tables = tables;
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
