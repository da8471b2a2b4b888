package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.reading.Understood;

/**
 * Writes deliveries, and counts each outcome exactly once, in the same transaction. Belongs to the writer thread; used again for
 * each transaction.
 */
final class Transaction {
    /** So many different readings of one source may claim the same moment; they are kept a millisecond apart. */
    private static final int SAME_MOMENT = 16;

    private static final Sql NEWEST_NEAR = Sql.load("store/select-newest-near");

    private final Sources sources = new Sources();
    private final ReadingRows rows;
    private final QuarantineRoom quarantine;
    private final GoneHours goneHours = new GoneHours();
    private final Map<String, Tally> flows = new HashMap<>();
    private final Map<String, Tally> devices = new HashMap<>();
    private final Map<Source, Long> lastWithoutClock = new HashMap<>();
    private final List<Reading> stored = new ArrayList<>();
    /** What was taken out of quarantine and is not there again. */
    private final Map<Delivery, QuarantineRoom.Kept> replacements = new IdentityHashMap<>();

    Transaction(Dialect dialect, QuarantineRoom quarantine) {
        this.rows = ReadingRows.of(dialect, sources);
        this.quarantine = quarantine;
    }

    /** Everything but the commit. After an exception {@link #forget} must follow. */
    void write(List<Delivery> deliveries, Statements statements) throws SQLException {
        stored.clear();
        flows.clear();
        devices.clear();
        replacements.clear();
        for (Delivery delivery : deliveries) {
            if (delivery.isReplacement()) {
                takeOut(delivery, statements);
            }
        }
        addReadings(deliveries, statements);
        boolean[] inserted = rows.insert(statements);
        int next = 0;
        for (int d = 0; d < deliveries.size(); d++) {
            Delivery delivery = deliveries.get(d);
            delivery.tally.clear();
            if (delivery.cameTooLate) {
                continue;
            }
            for (int i = 0; i < delivery.outcomes().size(); i++) {
                Outcome outcome = delivery.outcomes().get(i);
                if (outcome instanceof Reading reading) {
                    if (isGone(reading, delivery, statements)) {
                        count(reading, false, delivery);
                    } else if (inserted[next++]) {
                        count(reading, true, delivery);
                    } else {
                        settleSameMoment(reading, delivery, statements);
                    }
                } else if (outcome instanceof Understood announced) {
                    long source = sources.numberOf(announced.source(), statements);
                    count(announced, Announcements.keep(announced, source, statements), delivery);
                } else if (outcome instanceof Malformed malformed) {
                    keep(malformed, delivery, statements);
                    count(malformed, delivery.tally);
                }
            }
            flows.computeIfAbsent(delivery.flow(), flow -> new Tally()).add(delivery.tally);
        }
        writeDevices(statements.upsertDevice);
        writeLedger(statements.upsertLedger);
    }

    /** The new rows of this transaction, in order of arrival; without history, which is no news. */
    List<Reading> stored() {
        return stored;
    }

    /** What the whole transaction came to. */
    Receipt receipt() {
        Receipt sum = Receipt.EMPTY;
        for (Tally tally : flows.values()) {
            sum = sum.plus(tally.receipt());
        }
        return sum;
    }

    /** Nothing that is remembered of the tables holds any more: the transaction was undone, or somebody else has written. */
    void forget() {
        sources.forget();
        rows.forget();
        goneHours.forget();
        quarantine.forget();
    }

    private void addReadings(List<Delivery> deliveries, Statements statements) throws SQLException {
        rows.clear();
        for (int d = 0; d < deliveries.size(); d++) {
            Delivery delivery = deliveries.get(d);
            for (int i = 0; !delivery.cameTooLate && i < delivery.outcomes().size(); i++) {
                if (delivery.outcomes().get(i) instanceof Reading reading && !isGone(reading, delivery, statements)) {
                    long measuredAt =
                            delivery.hasFinalMoments() ? reading.measuredAt().toEpochMilli() : moment(reading);
                    rows.add(reading, measuredAt, statements);
                }
            }
        }
    }

    /** What it replaces leaves quarantine, and the counts, as if it had never come; then its outcomes are counted like any others. */
    private void takeOut(Delivery delivery, Statements statements) throws SQLException {
        Optional<QuarantineRoom.Kept> old = quarantine.takeOut(delivery.replaced(), statements);
        delivery.cameTooLate = old.isEmpty();
        if (old.isPresent()) {
            replacements.put(delivery, old.get());
        }
    }

    /** The first that is malformed again stays under the number that it had. */
    private void keep(Malformed malformed, Delivery delivery, Statements statements) throws SQLException {
        QuarantineRoom.Kept old = replacements.remove(delivery);
        if (old == null) {
            quarantine.keep(malformed, delivery, statements);
        } else {
            boolean isWhole = delivery.outcomes().size() == 1;
            quarantine.putBack(old, isWhole ? malformed.with(old.message()) : malformed, delivery, statements);
        }
    }

    private boolean isGone(Reading reading, Delivery delivery, Statements statements) throws SQLException {
        return delivery.isHistory()
                && goneHours.has(reading, sources.numberOf(reading.source(), statements), statements);
    }

    /** A device without a clock may send twice in one millisecond; then the second is a millisecond later. */
    private long moment(Reading reading) {
        long at = reading.measuredAt().toEpochMilli();
        if (reading.has(Flag.NO_DEVICE_TIME)) {
            Long last = lastWithoutClock.get(reading.source());
            // Further apart than that, the hub's clock was put back, and its word counts.
            if (last != null && at <= last && last - at < 10_000) {
                at = last + 1;
            }
            if (lastWithoutClock.size() > 10_000) {
                lastWithoutClock.clear();
            }
            lastWithoutClock.put(reading.source(), at);
        }
        return at;
    }

    /**
     * There is a reading of this source at this moment. The same again is a repeat; something else is not to be lost, so it goes
     * to the next free millisecond, where a repeat of it will be found again.
     */
    private void settleSameMoment(Reading reading, Delivery delivery, Statements statements) throws SQLException {
        long first = reading.measuredAt().toEpochMilli();
        for (long at = first; at < first + SAME_MOMENT; at++) {
            ReadingRows.Found found = rows.insertAt(reading, at, statements);
            if (found != ReadingRows.Found.ANOTHER) {
                count(reading, found == ReadingRows.Found.NOTHING, delivery);
                return;
            }
        }
        if (delivery.isReplacement() && reading.has(Flag.NO_DEVICE_TIME)) {
            // Hundreds may have come in one millisecond; as they came they would have been moved apart.
            count(reading, insertAfterOthers(reading, first, statements), delivery);
            return;
        }
        Malformed crowded = refused(
                reading, Malformed.Cause.BAD_TIME, SAME_MOMENT + " other readings claim " + reading.measuredAt());
        keep(crowded, delivery, statements);
        count(crowded, delivery.tally);
    }

    /** A millisecond after the newest that the source has within the next ten seconds. */
    private boolean insertAfterOthers(Reading reading, long first, Statements statements) throws SQLException {
        PreparedStatement select = statements.of(NEWEST_NEAR);
        select.setLong(1, sources.numberOf(reading.source(), statements));
        for (int i = 2; i <= select.getParameterMetaData().getParameterCount(); i++) {
            select.setLong(i, first);
        }
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return rows.insertAt(reading, row.getLong(1) + 1, statements) == ReadingRows.Found.NOTHING;
        }
    }

    /** Something understood that cannot become a row, as something for quarantine: its values are its bytes. */
    static Malformed refused(Understood understood, Malformed.Cause cause, String reason) {
        String device = understood.source().device();
        String kind = understood.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        Message values = Message.of("store/" + kind + "/" + device, understood.json(), understood.receivedAt());
        return new Malformed(values, device, cause, reason);
    }

    private void count(Understood understood, boolean isNew, Delivery delivery) {
        Tally device = device(understood.source().device(), understood.receivedAt());
        device.family = understood.source().family();
        delivery.tally.received++;
        device.received++;
        if (isNew) {
            delivery.tally.stored++;
            device.stored++;
            if (understood instanceof Reading reading && delivery.isNews()) {
                stored.add(reading);
            }
        } else {
            delivery.tally.duplicate++;
            device.duplicate++;
        }
    }

    private void count(Malformed malformed, Tally delivery) {
        delivery.received++;
        delivery.quarantined++;
        if (!malformed.device().isEmpty()) {
            Tally device = device(malformed.device(), malformed.message().receivedAt());
            device.received++;
            device.quarantined++;
        }
    }

    private Tally device(String id, Instant receivedAt) {
        Tally tally = devices.get(id);
        if (tally == null) {
            tally = new Tally();
            devices.put(id, tally);
        }
        tally.seenAt = Math.max(tally.seenAt, receivedAt.toEpochMilli());
        return tally;
    }

    private void writeDevices(PreparedStatement upsert) throws SQLException {
        for (Map.Entry<String, Tally> entry : devices.entrySet()) {
            Tally tally = entry.getValue();
            upsert.setString(1, entry.getKey());
            upsert.setString(2, tally.family);
            upsert.setLong(3, tally.seenAt);
            upsert.setLong(4, tally.seenAt);
            bindCounts(tally, upsert, 5);
            upsert.addBatch();
        }
        upsert.executeBatch();
    }

    private void writeLedger(PreparedStatement upsert) throws SQLException {
        for (Map.Entry<String, Tally> entry : flows.entrySet()) {
            upsert.setString(1, entry.getKey());
            bindCounts(entry.getValue(), upsert, 2);
            upsert.addBatch();
        }
        upsert.executeBatch();
    }

    private static void bindCounts(Tally tally, PreparedStatement statement, int from) throws SQLException {
        statement.setLong(from, tally.received);
        statement.setLong(from + 1, tally.stored);
        statement.setLong(from + 2, tally.duplicate);
        statement.setLong(from + 3, tally.quarantined);
    }
}
