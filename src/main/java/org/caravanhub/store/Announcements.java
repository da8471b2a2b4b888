package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.OptionalLong;
import org.caravanhub.reading.Configuration;
import org.caravanhub.reading.Document;
import org.caravanhub.reading.Event;
import org.caravanhub.reading.Status;
import org.caravanhub.reading.Understood;
import org.caravanhub.reading.When;

/**
 * Keeps what devices say beside their readings, of which there is little: row by row. Events are kept; of statuses and configurations
 * each device has so many, since a heartbeat a minute would fill any card.
 */
final class Announcements {
    /** At one a minute, the last eight hours. */
    static final int STATUSES_OF_A_DEVICE = 500;

    static final int CONFIGURATIONS_OF_A_DEVICE = 20;

    private Announcements() {}

    /** Whether it is new; false if it is there already. */
    static boolean keep(Understood announced, long source, Statements statements) throws SQLException {
        if (announced instanceof Event event) {
            return keep(event, source, statements.insertEvent);
        }
        String device = announced.source().device();
        if (announced instanceof Status status) {
            boolean isNew = keep(status, source, statements.insertStatus);
            deleteOldest(device, STATUSES_OF_A_DEVICE, isNew, statements.deleteOldestStatus);
            return isNew;
        }
        if (announced instanceof Configuration configuration) {
            boolean isNew = keep(configuration, source, statements.insertConfiguration);
            deleteOldest(device, CONFIGURATIONS_OF_A_DEVICE, isNew, statements.deleteOldestConfiguration);
            return isNew;
        }
        throw new IllegalArgumentException("a " + announced.getClass().getSimpleName() + " has a table of its own");
    }

    private static boolean keep(Event event, long source, PreparedStatement insert) throws SQLException {
        insert.setString(1, event.source().device());
        insert.setLong(2, source);
        insert.setString(3, event.name());
        insert.setString(4, event.severity().word());
        insert.setString(5, event.message());
        bind(event.when(), event.when().believedAt().toEpochMilli(), event.details(), insert, 6);
        return insert.executeUpdate() > 0;
    }

    private static boolean keep(Status status, long source, PreparedStatement insert) throws SQLException {
        insert.setString(1, status.source().device());
        insert.setLong(2, source);
        insert.setString(3, status.state().word());
        insert.setString(4, status.vitals().activity());
        bind(status.vitals().uptimeSeconds(), insert, 5);
        bind(status.vitals().rssiDbm(), insert, 6);
        insert.setString(7, status.vitals().firmware());
        insert.setString(8, status.vitals().model());
        bind(status.when(), status.asOf().toEpochMilli(), status.details(), insert, 9);
        return insert.executeUpdate() > 0;
    }

    private static boolean keep(Configuration reported, long source, PreparedStatement insert) throws SQLException {
        insert.setString(1, reported.source().device());
        insert.setLong(2, source);
        bind(reported.when(), reported.when().believedAt().toEpochMilli(), reported.document(), insert, 3);
        insert.setString(9, reported.source().device());
        insert.setLong(10, reported.document().fingerprint());
        return insert.executeUpdate() > 0;
    }

    /** Times, flags, fingerprint and document: six parameters. */
    private static void bind(When when, long asOf, Document document, PreparedStatement insert, int from)
            throws SQLException {
        insert.setLong(from, when.saidAt().toEpochMilli());
        insert.setLong(from + 1, asOf);
        insert.setLong(from + 2, when.receivedAt().toEpochMilli());
        insert.setInt(from + 3, when.flags());
        insert.setLong(from + 4, document.fingerprint());
        insert.setString(from + 5, document.toString());
    }

    private static void bind(OptionalLong value, PreparedStatement insert, int at) throws SQLException {
        if (value.isPresent()) {
            insert.setLong(at, value.getAsLong());
        } else {
            insert.setNull(at, Types.BIGINT);
        }
    }

    private static void deleteOldest(String device, int keep, boolean isMore, PreparedStatement delete)
            throws SQLException {
        if (isMore) {
            delete.setString(1, device);
            delete.setString(2, device);
            delete.setInt(3, keep);
            delete.executeUpdate();
        }
    }
}
