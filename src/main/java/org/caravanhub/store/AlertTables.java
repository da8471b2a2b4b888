package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanhub.alert.Alert;
import org.caravanhub.alert.AlertBook;
import org.caravanhub.alert.Mute;
import org.caravanhub.alert.Pending;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Priority;

/** Alerts in their tables. Safe for use by many threads. */
public final class AlertTables implements AlertBook {
    private static final Sql INSERT = Sql.load("alert/insert-alert");
    private static final Sql UPDATE = Sql.load("alert/update-alert");
    private static final Sql OPEN = Sql.load("alert/select-open-alerts");
    private static final Sql ONE = Sql.load("alert/select-alert");
    private static final Sql PAGE = Sql.load("alert/page-alerts");
    private static final Sql FORGET = Sql.load("alert/delete-old-alerts");
    private static final Sql MUTES = Sql.load("alert/select-mutes");
    private static final Sql MUTE = Sql.load("alert/upsert-mute");
    private static final Sql UNMUTE = Sql.load("alert/delete-mute");
    private static final Sql FORGET_MUTES = Sql.load("alert/delete-old-mutes");
    private static final Sql POST = Sql.load("alert/insert-delivery");
    private static final Sql POSTED = Sql.load("alert/delete-delivery");
    private static final Sql PENDING = Sql.load("alert/select-deliveries");
    private static final int MOST_READ = 5000;
    private static final long MOST_KEPT = 10_000;

    private final Queries queries;
    private final Changes changes;

    /** In these tables. */
    public AlertTables(Queries queries, Changes changes) {
        this.queries = queries;
        this.changes = changes;
    }

    @Override
    public List<Alert> open() {
        return queries.all(OPEN, new Values().with("limit", MOST_READ), AlertTables::read);
    }

    @Override
    public List<Mute> mutes(Instant now) {
        return queries.all(
                MUTES,
                new Values().with("now", now.toEpochMilli()),
                row -> new Mute(
                        row.getString("name"),
                        row.getString("device"),
                        Instant.ofEpochMilli(row.getLong("until")),
                        row.getString("muted_by")));
    }

    @Override
    public List<Pending> pending() {
        return queries.all(
                PENDING,
                new Values().with("limit", MOST_READ),
                row -> new Pending(row.getString("channel"), Dispatch.read(row.getString("dispatch"))));
    }

    @Override
    public Optional<Alert> find(long id) {
        return queries.all(ONE, new Values().with("id", id), AlertTables::read).stream()
                .findFirst();
    }

    @Override
    public List<Alert> page(Filter filter, long before, int limit) {
        Values values = new Values()
                .with("before", before)
                .with("state", filter.state())
                .with("device", filter.device())
                .with("severity", filter.severity().map(Priority::word).orElse(""))
                .with("limit", limit);
        return queries.all(PAGE, values, AlertTables::read);
    }

    @Override
    public List<Long> write(Page page) {
        return changes.make(change -> {
            List<Long> ids = new ArrayList<>();
            for (Alert alert : page.alerts()) {
                ids.add(write(change, alert));
            }
            for (Pending gone : page.gone()) {
                change.run(POSTED, key(gone));
            }
            for (Pending added : page.added()) {
                Dispatch dispatch = added.dispatch();
                change.run(
                        POST,
                        key(added)
                                .with("dispatch", dispatch.text())
                                .with("made_at", dispatch.notice().time().toEpochMilli()));
            }
            for (Mute mute : page.mutes()) {
                write(change, mute);
            }
            for (AuditEntry entry : page.audit()) {
                change.audit(entry);
            }
            return ids;
        });
    }

    @Override
    public void forget(Instant before) {
        changes.make(change -> {
            long newest = change.all(PAGE, everything(), row -> row.getLong("id")).stream()
                    .findFirst()
                    .orElse(0L);
            change.run(FORGET_MUTES, new Values().with("now", before.toEpochMilli()));
            return change.run(
                    FORGET, new Values().with("before", before.toEpochMilli()).with("before_id", newest - MOST_KEPT));
        });
    }

    private static Values everything() {
        return new Values()
                .with("before", Long.MAX_VALUE)
                .with("state", "")
                .with("device", "")
                .with("severity", "")
                .with("limit", 1);
    }

    private static Values key(Pending pending) {
        return new Values()
                .with("channel", pending.channel())
                .with("id", pending.dispatch().id());
    }

    private static void write(Change change, Mute mute) throws SQLException {
        Values key = new Values().with("name", mute.name()).with("device", mute.device());
        if (mute.until().equals(Instant.EPOCH)) {
            change.run(UNMUTE, key);
        } else {
            change.run(MUTE, key.with("until", mute.until().toEpochMilli()).with("muted_by", mute.by()));
        }
    }

    private static long write(Change change, Alert alert) throws SQLException {
        Values values = new Values()
                .with("id", alert.id())
                .with("name", alert.about().name())
                .with("device", alert.about().device())
                .with("flow", alert.flow())
                .with("severity", alert.severity().word())
                .with("state", alert.state().word())
                .with("title", alert.title())
                .with("text", alert.text())
                .with("count", alert.count())
                .with("opened_at", alert.opened().toEpochMilli())
                .with("last_at", alert.last().toEpochMilli())
                .with("told_at", alert.told().map(Instant::toEpochMilli).orElse(null))
                .with("closes_at", alert.closes().map(Instant::toEpochMilli).orElse(null))
                .with(
                        "acknowledged_at",
                        alert.seen().map(seen -> seen.at().toEpochMilli()).orElse(null))
                .with("acknowledged_by", alert.seen().map(Alert.Seen::by).orElse(""))
                .with(
                        "resolved_at",
                        alert.end().map(end -> end.at().toEpochMilli()).orElse(null))
                .with("resolved_why", alert.end().map(Alert.End::why).orElse(""));
        if (alert.id() == 0) {
            return change.all(INSERT, values, row -> row.getLong("id")).get(0);
        }
        change.run(UPDATE, values);
        return alert.id();
    }

    private static Alert read(ResultSet row) throws SQLException {
        Optional<Instant> seen = moment(row, "acknowledged_at");
        Optional<Instant> end = moment(row, "resolved_at");
        String by = row.getString("acknowledged_by");
        String why = row.getString("resolved_why");
        return new Alert(
                row.getLong("id"),
                new Alert.About(row.getString("name"), row.getString("device")),
                row.getString("flow"),
                Priority.of(row.getString("severity")),
                Alert.State.of(row.getString("state")),
                row.getString("title"),
                row.getString("text"),
                row.getLong("count"),
                Instant.ofEpochMilli(row.getLong("opened_at")),
                Instant.ofEpochMilli(row.getLong("last_at")),
                moment(row, "told_at"),
                moment(row, "closes_at"),
                seen.map(at -> new Alert.Seen(at, by)),
                end.map(at -> new Alert.End(at, why)));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
