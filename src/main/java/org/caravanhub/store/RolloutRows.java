package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.PlanJson;
import org.caravanhub.ota.Rollout;
import org.jspecify.annotations.Nullable;

/** How a {@link Rollout} and a {@link DeviceUpdate} are written in their tables, and read. */
final class RolloutRows {
    private RolloutRows() {}

    static Values values(Rollout rollout) {
        return new Values()
                .with("id", rollout.id())
                .with("name", rollout.name())
                .with("model", rollout.model())
                .with("version", rollout.version())
                .with("audience", PlanJson.of(rollout.audience()))
                .with("plan", PlanJson.of(rollout.plan()))
                .with("percent", rollout.percent())
                .with("ring", rollout.ring())
                .with("state", rollout.state().word())
                .with("reason", rollout.reason())
                .with("soaks_since", milliseconds(rollout.soaksSince()))
                .with("forgiven_failed", rollout.forgiven().failed())
                .with("forgiven_ended", rollout.forgiven().ended())
                .with(
                        "returns",
                        rollout.returns().isPresent() ? rollout.returns().getAsLong() : null)
                .with("created_at", rollout.createdAt().toEpochMilli())
                .with("created_by", rollout.createdBy())
                .with("changed_at", rollout.changedAt().toEpochMilli());
    }

    static Rollout rollout(ResultSet row) throws SQLException {
        long returns = row.getLong("returns");
        OptionalLong returning = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(returns);
        return new Rollout(
                row.getLong("id"),
                row.getString("name"),
                row.getString("model"),
                row.getString("version"),
                PlanJson.audience(row.getString("audience")),
                PlanJson.plan(row.getString("plan")),
                row.getInt("percent"),
                row.getInt("ring"),
                Rollout.State.ofWord(row.getString("state")).orElseThrow(),
                row.getString("reason"),
                moment(row, "soaks_since"),
                new Rollout.Forgiven(row.getInt("forgiven_failed"), row.getInt("forgiven_ended")),
                returning,
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("created_by"),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    static Values values(DeviceUpdate update) {
        return new Values()
                .with("rollout", update.rollout())
                .with("device", update.device())
                .with("version", update.version())
                .with("from_version", update.from())
                .with("state", update.state().word())
                .with("percent", update.percent())
                .with("reason", update.reason())
                .with("attempts", update.attempts())
                .with("offered_at", milliseconds(update.offeredAt()))
                .with("started_at", milliseconds(update.startedAt()))
                .with("verifying_since", milliseconds(update.verifyingSince()))
                .with("seen_at", milliseconds(update.seenAt()))
                .with("spent_ms", update.spent().toMillis())
                .with("restarts", update.restarts())
                .with("ended_at", milliseconds(update.endedAt()))
                .with("changed_at", update.changedAt().toEpochMilli());
    }

    static DeviceUpdate update(ResultSet row) throws SQLException {
        return new DeviceUpdate(
                row.getLong("rollout"),
                row.getString("device"),
                row.getString("version"),
                row.getString("from_version"),
                DeviceUpdate.State.ofWord(row.getString("state")).orElseThrow(),
                row.getInt("percent"),
                row.getString("reason"),
                row.getInt("attempts"),
                moment(row, "offered_at"),
                moment(row, "started_at"),
                moment(row, "verifying_since"),
                moment(row, "seen_at"),
                Duration.ofMillis(row.getLong("spent_ms")),
                row.getInt("restarts"),
                moment(row, "ended_at"),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static @Nullable Long milliseconds(Optional<Instant> moment) {
        return moment.map(Instant::toEpochMilli).orElse(null);
    }
}
