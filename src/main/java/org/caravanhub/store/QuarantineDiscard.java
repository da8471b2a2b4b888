package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Lets messages in quarantine go, for ever. That they came stays counted. */
public final class QuarantineDiscard {
    private static final Sql DISCARD = Sql.load("quarantine/discard-selected");

    private final GroupCommit writer;
    private final Dialect dialect;

    /** Writes between two commits of this writer. */
    public QuarantineDiscard(GroupCommit writer, Database database) {
        this.writer = writer;
        this.dialect = database.dialect();
    }

    /**
     * Deletes those of the selection with a number from {@code after} (exclusive) to {@code upTo} (inclusive).
     *
     * @return how many there were
     * @throws DatabaseAway if the database could not be written now
     */
    public long between(QuarantineSelection selection, long after, long upTo) {
        Sql.Text sql = DISCARD.in(dialect);
        Values values = selection.values(dialect).with("after", after).with("up_to", upTo);
        try {
            return writer.lend(connection -> {
                try (PreparedStatement delete = connection.prepareStatement(sql.text())) {
                    for (int i = 0; i < sql.parameters().size(); i++) {
                        delete.setObject(i + 1, values.of(sql.parameters().get(i), sql.name()));
                    }
                    return (long) delete.executeUpdate();
                }
            });
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }
}
