package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.device.ClaimCode;
import org.caravanhub.device.Registration;

/** How a {@link ClaimCode} is written in its table, and read. */
final class ClaimCodeRows {
    private static final Sql INSERT = Sql.load("access/insert-claim-code");
    private static final Sql PAGE = Sql.load("access/select-claim-codes");
    private static final Sql SELECT = Sql.load("access/select-claim-code");
    private static final Sql USE = Sql.load("access/use-claim-code");
    private static final Sql NOTE = Sql.load("access/note-claimer");
    private static final Sql DELETE = Sql.load("access/delete-claim-code");
    private static final Sql DELETE_OLD = Sql.load("access/delete-old-claim-codes");

    private ClaimCodeRows() {}

    static void insert(Change change, ClaimCode code) throws SQLException {
        change.run(
                INSERT,
                new Values()
                        .with("id", code.id())
                        .with("code_hash", code.hash())
                        .with("device", code.device())
                        .with("family", code.topics().family())
                        .with("site", code.topics().site())
                        .with("system", code.topics().system())
                        .with("model", code.model())
                        .with("device_group", code.group())
                        .with("made_by", code.madeBy())
                        .with("made_at", code.madeAt().toEpochMilli())
                        .with("expires_at", code.expiresAt().toEpochMilli()));
    }

    static List<ClaimCode> page(Queries queries, long before, String beforeId, int limit) {
        Values values = new Values().with("before", before).with("before_id", beforeId);
        return queries.all(PAGE, values.with("limit", limit), ClaimCodeRows::read);
    }

    static Optional<ClaimCode> find(Change change, String hash) throws SQLException {
        return change.all(SELECT, new Values().with("code_hash", hash), ClaimCodeRows::read).stream()
                .findFirst();
    }

    /** Whether it could be used; of many who try at once, one is told so. */
    static boolean use(Change change, String hash, Instant now) throws SQLException {
        return change.run(USE, new Values().with("code_hash", hash).with("now", now.toEpochMilli())) == 1;
    }

    static void note(Change change, String hash, String device) throws SQLException {
        change.run(NOTE, new Values().with("code_hash", hash).with("used_by", device));
    }

    static boolean delete(Change change, String id) throws SQLException {
        return change.run(DELETE, new Values().with("id", id)) == 1;
    }

    static void deleteOld(Change change, Instant before) throws SQLException {
        change.run(DELETE_OLD, new Values().with("before", before.toEpochMilli()));
    }

    private static ClaimCode read(ResultSet row) throws SQLException {
        return new ClaimCode(
                row.getString("id"),
                row.getString("code_hash"),
                row.getString("device"),
                new Registration.Topics(row.getString("family"), row.getString("site"), row.getString("system")),
                row.getString("model"),
                row.getString("device_group"),
                row.getString("made_by"),
                Instant.ofEpochMilli(row.getLong("made_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                CredentialRows.moment(row, "used_at"),
                row.getString("used_by"));
    }
}
