package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.command.Command;
import org.caravanhub.command.Command.Order;
import org.caravanhub.command.Command.Progress;
import org.caravanhub.command.Way;
import org.jspecify.annotations.Nullable;

/** How a {@link Command} is written in its table, and read. */
final class CommandRows {
    private static final Sql INSERT = Sql.load("command/insert-command");
    private static final Sql UPDATE = Sql.load("command/update-command");

    private CommandRows() {}

    static void insert(Change change, Command command) throws SQLException {
        Order order = command.order();
        change.run(
                INSERT,
                values(command.progress())
                        .with("id", order.id())
                        .with("device", order.device())
                        .with("name", order.name())
                        .with("parameters", order.parameters())
                        .with("way", order.way().word())
                        .with("topic", order.topic())
                        .with("reference", order.reference())
                        .with("idempotency_key", order.idempotencyKey())
                        .with("created_by", order.createdBy()));
    }

    /** Writes what has become of it; false if it is not any more what it was. */
    static boolean update(Change change, Command was, Progress progress) throws SQLException {
        Values values =
                values(progress).with("id", was.id()).with("was", was.state().word());
        return change.run(UPDATE, values) == 1;
    }

    static Command read(ResultSet row) throws SQLException {
        return new Command(
                new Order(
                        row.getString("id"),
                        row.getString("device"),
                        row.getString("name"),
                        row.getString("parameters"),
                        Way.of(row.getString("way")),
                        row.getString("topic"),
                        row.getString("idempotency_key"),
                        row.getString("created_by")),
                new Progress(
                        Command.State.of(row.getString("state")),
                        row.getString("reason"),
                        row.getLong("sequence"),
                        row.getLong("attempts"),
                        row.getLong("taken"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("expires_at")),
                        moment(row, "sent_at"),
                        moment(row, "delivered_at"),
                        moment(row, "finished_at"),
                        row.getString("answer")));
    }

    private static Values values(Progress progress) {
        return new Values()
                .with("state", progress.state().word())
                .with("reason", progress.reason())
                .with("sequence", progress.sequence())
                .with("attempts", progress.attempts())
                .with("taken", progress.taken())
                .with("created_at", progress.createdAt().toEpochMilli())
                .with("expires_at", progress.expiresAt().toEpochMilli())
                .with("sent_at", milliseconds(progress.sentAt()))
                .with("delivered_at", milliseconds(progress.deliveredAt()))
                .with("finished_at", milliseconds(progress.finishedAt()))
                .with("answer", progress.answer());
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static @Nullable Long milliseconds(Optional<Instant> moment) {
        return moment.map(Instant::toEpochMilli).orElse(null);
    }
}
