package org.caravanhub.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.audit.Trail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who changed what, and when: asked for, and noted for what is not changed in the database. The newest 10,000 entries are kept. */
public final class AuditLog implements Trail {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final Sql PAGE = Sql.load("audit/page-audit");
    private static final Sql NEWEST = Sql.load("audit/select-newest-audit");
    private static final Sql UPDATE = Sql.load("audit/update-audit");

    /** What is done in many parts, as an import is, is one entry. */
    private static final Duration ONE_WORK = Duration.ofMinutes(10);

    private final Queries queries;
    private final Changes changes;
    private final Clock clock;

    /** Kept in this database. */
    public AuditLog(Queries queries, Changes changes, Clock clock) {
        this.queries = queries;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * An entry with its number.
     *
     * @param id later ones are larger
     */
    public record Numbered(long id, AuditEntry entry) {}

    /** A page, newest first, of entries with a smaller number than {@code before}. */
    public List<Numbered> page(
            Optional<String> subject, Optional<String> who, Optional<Instant> since, long before, int limit) {
        Values values = new Values()
                .with("subject", subject.orElse(null))
                .with("who", who.orElse(null))
                .with("since", since.map(Instant::toEpochMilli).orElse(null))
                .with("before", before)
                .with("limit", limit);
        return queries.all(
                PAGE,
                values,
                row -> new Numbered(
                        row.getLong("id"),
                        new AuditEntry(
                                Instant.ofEpochMilli(row.getLong("at")),
                                row.getString("who"),
                                row.getString("action"),
                                row.getString("subject"),
                                row.getString("details"))));
    }

    @Override
    public void note(String who, String action, String subject, String details) {
        try {
            changes.make(change -> {
                change.audit(new AuditEntry(clock.instant(), who, action, subject, details));
                return true;
            });
        } catch (DatabaseAway e) {
            missed(who, action, subject, e);
        }
    }

    @Override
    public void sum(String who, String action, String subject, String what, long count) {
        Values values = new Values().with("who", who).with("action", action).with("subject", subject);
        Instant now = clock.instant();
        try {
            changes.make(change -> {
                List<long[]> before = change.all(
                        NEWEST,
                        values,
                        row -> row.getLong("at") < now.minus(ONE_WORK).toEpochMilli()
                                ? new long[0]
                                : new long[] {row.getLong("id"), number(row.getString("details"))});
                if (before.isEmpty() || before.get(0).length == 0) {
                    change.audit(new AuditEntry(now, who, action, subject, total(what, count)));
                } else {
                    change.run(
                            UPDATE,
                            new Values()
                                    .with("id", before.get(0)[0])
                                    .with("details", total(what, before.get(0)[1] + count)));
                }
                return true;
            });
        } catch (DatabaseAway e) {
            missed(who, action, subject, e);
        }
    }

    private static void missed(String who, String action, String subject, DatabaseAway why) {
        LOG.warn(
                "audit=missed who={} action={} subject={} reason=\"{}\" \"it was done, and the audit does not say so\"",
                who,
                action,
                subject,
                why.getMessage());
    }

    private static String total(String what, long count) {
        return "{\"" + what + "\":" + count + "}";
    }

    /** The number in {@code {"readings":12}}. */
    private static long number(String details) {
        String digits = details.replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
    }
}
