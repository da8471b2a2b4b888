package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.command.ConfigurationBook;
import org.caravanhub.command.DesiredConfiguration;

/** How devices should be configured. Safe for use by many threads. */
public final class Configurations implements ConfigurationBook {
    private static final Sql SELECT = Sql.load("configuration/select-desired");
    private static final Sql PAGE = Sql.load("configuration/page-desired");
    private static final Sql PUT = Sql.load("configuration/put-desired");
    private static final Sql MOVE = Sql.load("configuration/move-desired");
    private static final Sql LEAVE = Sql.load("configuration/leave-topic");
    private static final Sql KEEP = Sql.load("configuration/keep-topic");
    private static final Sql PUBLISHED = Sql.load("configuration/mark-published");
    private static final Sql DELETE = Sql.load("configuration/delete-withdrawn");
    private static final Sql WITHDRAW = Sql.load("configuration/withdraw-desired");

    private final Changes changes;
    private final Queries queries;

    /** Configurations in the tables of this writer. */
    public Configurations(Changes changes, Queries queries) {
        this.changes = changes;
        this.queries = queries;
    }

    /**
     * Changes that of a device.
     *
     * @param document makes the new one of the one before, which is empty if there is none
     * @return it as it is now; empty if it was not of this version
     */
    public Optional<DesiredConfiguration> change(
            String device, Optional<Long> version, String topic, UnaryOperator<String> document, AuditEntry audit) {
        return changes.make(change -> {
            Optional<DesiredConfiguration> was =
                    change.all(SELECT, new Values().with("device", device), Configurations::read).stream()
                            .findFirst();
            boolean isThere = was.isPresent() && !was.get().isWithdrawn();
            long is = isThere ? was.get().version() : 0;
            if (version.isPresent() && version.get() != is) {
                return Optional.empty();
            }
            String text = document.apply(isThere ? was.get().document() : "");
            long next = was.map(DesiredConfiguration::version).orElse(0L) + 1;
            long published = was.map(DesiredConfiguration::publishedVersion).orElse(0L);
            DesiredConfiguration made =
                    new DesiredConfiguration(device, text, topic, next, published, audit.at(), audit.who());
            leave(change, was, topic);
            change.run(
                    PUT,
                    new Values()
                            .with("device", device)
                            .with("document", text)
                            .with("topic", topic)
                            .with("version", next)
                            .with("changed_at", audit.at().toEpochMilli())
                            .with("changed_by", audit.who()));
            change.audit(audit);
            return Optional.of(made);
        });
    }

    /**
     * The device has another topic now: it is to be kept there.
     *
     * @return whether it was not yet
     */
    public boolean move(String device, String topic) {
        return changes.make(change -> {
            Optional<DesiredConfiguration> was =
                    change.all(SELECT, new Values().with("device", device), Configurations::read).stream()
                            .findFirst();
            boolean isElsewhere = was.isPresent()
                    && !was.get().isWithdrawn()
                    && !was.get().topic().equals(topic);
            if (isElsewhere) {
                leave(change, was, topic);
                change.run(MOVE, new Values().with("device", device).with("topic", topic));
            }
            return isElsewhere;
        });
    }

    /** Under this name is kept what is to be taken from a topic that a device had before; no id has such a letter. */
    public static String leftover(String device, String topic) {
        return device + "~" + topic;
    }

    /** What the broker keeps on the topic before is to be taken from there; what is on this one is not any more. */
    private static void leave(Change change, Optional<DesiredConfiguration> was, String topic) throws SQLException {
        change.run(KEEP, new Values().with("topic", topic));
        if (was.isPresent() && !was.get().topic().equals(topic)) {
            String before = was.get().topic();
            change.run(
                    LEAVE,
                    new Values()
                            .with("device", leftover(was.get().device(), before))
                            .with("topic", before)
                            .with("changed_at", was.get().changedAt().toEpochMilli())
                            .with("changed_by", was.get().changedBy()));
        }
    }

    /** That of a device that is gone is to be taken from the broker. */
    public void withdraw(String device) {
        changes.make(change -> change.run(WITHDRAW, new Values().with("device", device)));
    }

    @Override
    public Optional<DesiredConfiguration> desired(String device) {
        return queries.all(SELECT, new Values().with("device", device), Configurations::read).stream()
                .findFirst();
    }

    @Override
    public List<String> after(String device, int limit) {
        return queries.all(
                PAGE, new Values().with("after", device).with("limit", limit), row -> row.getString("device"));
    }

    @Override
    public void published(DesiredConfiguration configuration) {
        Values values = new Values().with("device", configuration.device()).with("version", configuration.version());
        changes.make(change -> change.run(configuration.isWithdrawn() ? DELETE : PUBLISHED, values));
    }

    private static DesiredConfiguration read(ResultSet row) throws SQLException {
        return new DesiredConfiguration(
                row.getString("device"),
                row.getString("document"),
                row.getString("topic"),
                row.getLong("version"),
                row.getLong("published_version"),
                Instant.ofEpochMilli(row.getLong("changed_at")),
                row.getString("changed_by"));
    }
}
