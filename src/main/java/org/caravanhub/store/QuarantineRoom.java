package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;

/** Keeps quarantine within its bounds, in rows and in bytes: the oldest go first. Belongs to the writer thread. */
final class QuarantineRoom {
    private static final Sql TAKE_OUT = Sql.load("store/take-out-quarantined");
    private static final Sql PUT_BACK = Sql.load("store/put-back-quarantined");
    private static final Sql UNCOUNT_FLOW = Sql.load("store/uncount-quarantined-of-flow");
    private static final Sql UNCOUNT_DEVICE = Sql.load("store/uncount-quarantined-of-device");

    private final long maxRows;
    private final long maxBytes;

    private final Rejections rejections = new Rejections();

    /** Known from the first use on; -1 after a transaction was undone, as it may be wrong then. */
    private long rows = -1;

    private long bytes;

    QuarantineRoom(long maxRows, long maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    /**
     * What was in quarantine.
     *
     * @param id the number that it had
     */
    record Kept(long id, Message message) {}

    void keep(Malformed malformed, Delivery delivery, Statements statements) throws SQLException {
        if (malformed.cause() == Malformed.Cause.REJECTED_DEVICE && !rejections.hasRoomFor(malformed)) {
            return;
        }
        countIfUnknown(statements);
        insert(malformed, delivery, statements.insertQuarantine);
        makeRoom(malformed.message(), statements);
    }

    /** Keeps it again, under its old number. */
    void putBack(Kept old, Malformed malformed, Delivery delivery, Statements statements) throws SQLException {
        PreparedStatement insert = statements.of(PUT_BACK);
        insert.setLong(10, old.id());
        insert(malformed, delivery, insert);
        makeRoom(malformed.message(), statements);
    }

    /** Takes a message out, and what was counted for it; nothing if it is not there. */
    Optional<Kept> takeOut(long id, Statements statements) throws SQLException {
        countIfUnknown(statements);
        PreparedStatement take = statements.of(TAKE_OUT);
        take.setLong(1, id);
        try (ResultSet row = take.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            byte[] payload = row.getBytes("payload");
            rows--;
            bytes -= payload.length;
            uncount(row.getString("flow"), statements.of(UNCOUNT_FLOW));
            uncount(row.getString("device"), statements.of(UNCOUNT_DEVICE));
            Instant receivedAt = Instant.ofEpochMilli(row.getLong("received_at"));
            return Optional.of(new Kept(
                    id, new Message(row.getString("topic"), payload, receivedAt, false, false, row.getInt("size"))));
        }
    }

    private static void uncount(String whose, PreparedStatement uncount) throws SQLException {
        uncount.setString(1, whose);
        uncount.executeUpdate();
    }

    private static void insert(Malformed malformed, Delivery delivery, PreparedStatement insert) throws SQLException {
        Message message = malformed.message();
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
    }

    /** For what was just inserted. */
    private void makeRoom(Message message, Statements statements) throws SQLException {
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

    private void countIfUnknown(Statements statements) throws SQLException {
        if (rows >= 0) {
            return;
        }
        PreparedStatement count = statements.countQuarantine;
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
