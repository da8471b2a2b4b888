package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;

/** Keeps quarantine within its bounds, in rows and in bytes: the oldest go first. Belongs to the writer thread. */
final class QuarantineRoom {
    private final long maxRows;
    private final long maxBytes;

    /** Known from the first use on; -1 after a transaction was undone, as it may be wrong then. */
    private long rows = -1;

    private long bytes;

    QuarantineRoom(long maxRows, long maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    void keep(Malformed malformed, Delivery delivery, Statements statements) throws SQLException {
        if (rows < 0) {
            count(statements.countQuarantine);
        }
        Message message = malformed.message();
        PreparedStatement insert = statements.insertQuarantine;
        insert.setLong(1, message.receivedAt().toEpochMilli());
        insert.setString(2, text(message.topic()));
        insert.setBytes(3, message.payload());
        insert.setInt(4, message.size());
        insert.setString(5, malformed.device());
        insert.setString(6, malformed.cause().word());
        insert.setString(7, text(malformed.reason()));
        insert.setString(8, delivery.flow());
        insert.setString(9, text(delivery.step()));
        insert.executeUpdate();
        rows++;
        bytes += message.payload().length;
        while (rows > maxRows || bytes > maxBytes) {
            deleteOldest(statements.deleteOldestQuarantine);
        }
    }

    void forget() {
        rows = -1;
    }

    /** Quarantine refuses nothing; a database may refuse a text with a zero in it. */
    private static String text(String any) {
        return any.replace('\0', '\uFFFD');
    }

    private void count(PreparedStatement count) throws SQLException {
        try (ResultSet counts = count.executeQuery()) {
            counts.next();
            rows = counts.getLong(1);
            bytes = counts.getLong(2);
        }
    }

    private void deleteOldest(PreparedStatement delete) throws SQLException {
        try (ResultSet deleted = delete.executeQuery()) {
            if (deleted.next()) {
                rows--;
                bytes -= deleted.getLong(1);
            } else {
                rows = 0;
                bytes = 0;
            }
        }
    }
}
