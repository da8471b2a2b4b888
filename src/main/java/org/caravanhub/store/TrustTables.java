package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.ota.signature.KeyText;
import org.caravanhub.ota.trust.FirmwarePolicy;
import org.caravanhub.ota.trust.TrustBook;
import org.caravanhub.ota.trust.TrustedKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trusted keys and policies in their tables. Every method may throw {@link DatabaseAway}; then nothing was changed. */
public final class TrustTables implements TrustBook {
    private static final Logger LOG = LoggerFactory.getLogger(TrustTables.class);
    private static final Sql KEYS = Sql.load("trust/select-keys");
    private static final Sql ADD = Sql.load("trust/insert-key");
    private static final Sql REMOVE = Sql.load("trust/remove-key");
    private static final Sql POLICIES = Sql.load("trust/select-policies");
    private static final Sql POLICY = Sql.load("trust/select-policy");
    private static final Sql SAVE = Sql.load("trust/upsert-policy");

    private final Queries queries;
    private final Changes changes;

    /** In these tables. */
    public TrustTables(Queries queries, Changes changes) {
        this.queries = queries;
        this.changes = changes;
    }

    @Override
    public List<TrustedKey> keys() {
        return queries.all(KEYS, new Values(), TrustTables::key).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public boolean add(TrustedKey key, AuditEntry audit) {
        Values values = new Values()
                .with("name", key.name())
                .with("algorithm", key.key().algorithm())
                .with("public_key", key.key().text())
                .with("added_at", key.addedAt().toEpochMilli())
                .with("added_by", key.addedBy());
        return changes.make(change -> audited(change, change.run(ADD, values), audit));
    }

    @Override
    public boolean remove(String name, AuditEntry audit) {
        Values values =
                new Values().with("name", name).with("removed_at", audit.at().toEpochMilli());
        return changes.make(change -> audited(change, change.run(REMOVE, values), audit));
    }

    @Override
    public List<FirmwarePolicy> policies() {
        return queries.all(POLICIES, new Values(), TrustTables::policy);
    }

    @Override
    public Optional<FirmwarePolicy> policy(String model) {
        return queries.all(POLICY, new Values().with("model", model), TrustTables::policy).stream()
                .findFirst();
    }

    @Override
    public void save(FirmwarePolicy policy, AuditEntry audit) {
        Values values = new Values()
                .with("model", policy.model())
                .with("signed_only", policy.signedOnly() ? 1 : 0)
                .with("changed_at", policy.changedAt().toEpochMilli())
                .with("changed_by", policy.changedBy());
        changes.make(change -> audited(change, change.run(SAVE, values), audit));
    }

    private static boolean audited(Change change, int rows, AuditEntry audit) throws SQLException {
        if (rows > 0) {
            change.audit(audit);
        }
        return rows > 0;
    }

    /** Empty if it cannot be read any more: nobody signs with half a key, and the others still count. */
    private static Optional<TrustedKey> key(ResultSet row) throws SQLException {
        try {
            return Optional.of(new TrustedKey(
                    row.getString("name"),
                    KeyText.read(row.getString("public_key")),
                    Instant.ofEpochMilli(row.getLong("added_at")),
                    row.getString("added_by")));
        } catch (KeyText.NoKey e) {
            LOG.warn("firmware_key=unreadable name={} \"add it again\"", row.getString("name"));
            return Optional.empty();
        }
    }

    private static FirmwarePolicy policy(ResultSet row) throws SQLException {
        return new FirmwarePolicy(
                row.getString("model"),
                row.getLong("signed_only") == 1,
                Instant.ofEpochMilli(row.getLong("changed_at")),
                row.getString("changed_by"));
    }
}
