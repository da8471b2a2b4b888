package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.device.Credential;
import org.caravanhub.device.Grant;
import org.caravanhub.device.Registration;
import org.jspecify.annotations.Nullable;

/** How a {@link Credential} is written in its table, and read. */
final class CredentialRows {
    private static final Sql INSERT = Sql.load("access/insert-credential");
    private static final Sql OF_DEVICE = Sql.load("access/select-credentials");
    private static final Sql DELETE_ALL = Sql.load("access/delete-credentials");
    private static final Sql DELETE = Sql.load("access/delete-credential");
    private static final Sql EXPIRE = Sql.load("access/expire-credentials");
    private static final Sql DELETE_EXPIRED = Sql.load("access/delete-expired");
    private static final Sql GRANTS = Sql.load("access/select-grants");
    private static final Sql RESTING = Sql.load("access/select-resting");

    private CredentialRows() {}

    static void insert(Change change, Credential credential) throws SQLException {
        change.run(
                INSERT,
                new Values()
                        .with("user_name", credential.user())
                        .with("device", credential.device())
                        .with("password_hash", credential.passwordHash())
                        .with("made_at", credential.madeAt().toEpochMilli())
                        .with(
                                "expires_at",
                                credential
                                        .expiresAt()
                                        .map(Instant::toEpochMilli)
                                        .orElse(null)));
    }

    /** The newest first. */
    static List<Credential> of(Change change, String device, Instant now) throws SQLException {
        return change.all(OF_DEVICE, ofDevice(device, now), CredentialRows::read);
    }

    static List<Credential> of(Queries queries, String device, Instant now) {
        return queries.all(OF_DEVICE, ofDevice(device, now), CredentialRows::read);
    }

    static List<Grant> grants(Queries queries, Instant now) {
        return queries.all(
                GRANTS,
                new Values().with("now", now.toEpochMilli()),
                row -> new Grant(
                        read(row),
                        new Registration.Topics(
                                row.getString("family"), row.getString("site"), row.getString("system"))));
    }

    static Set<String> resting(Queries queries, Instant now) {
        return Set.copyOf(
                queries.all(RESTING, new Values().with("now", now.toEpochMilli()), row -> row.getString("user_name")));
    }

    /** How many there were. */
    static int deleteAll(Change change, String device) throws SQLException {
        return change.run(DELETE_ALL, new Values().with("device", device));
    }

    static void delete(Change change, String user) throws SQLException {
        change.run(DELETE, new Values().with("user_name", user));
    }

    static void expire(Change change, String device, Instant at) throws SQLException {
        change.run(EXPIRE, new Values().with("device", device).with("expires_at", at.toEpochMilli()));
    }

    static int deleteExpired(Change change, Instant now) throws SQLException {
        return change.run(DELETE_EXPIRED, new Values().with("now", now.toEpochMilli()));
    }

    private static Values ofDevice(String device, Instant now) {
        return new Values().with("device", device).with("now", now.toEpochMilli());
    }

    private static Credential read(ResultSet row) throws SQLException {
        return new Credential(
                row.getString("user_name"),
                row.getString("device"),
                row.getString("password_hash"),
                Instant.ofEpochMilli(row.getLong("made_at")),
                moment(row, "expires_at"));
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        @Nullable Instant moment = row.wasNull() ? null : Instant.ofEpochMilli(millis);
        return Optional.ofNullable(moment);
    }
}
