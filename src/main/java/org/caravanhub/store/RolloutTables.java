package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.ota.Counts;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.RolloutBook;
import org.caravanhub.ota.Rollouts;

/** Rollouts in their two tables. Safe for use by many threads. */
public final class RolloutTables implements RolloutBook {
    /** So many rows in a transaction: what devices say waits no longer. */
    private static final int AT_ONCE = 200;

    private static final Sql INSERT = Sql.load("rollout/insert-rollout");
    private static final Sql UPDATE = Sql.load("rollout/update-rollout");
    private static final Sql ONE = Sql.load("rollout/select-rollout");
    private static final Sql OF_NAME = Sql.load("rollout/select-rollout-of-name");
    private static final Sql OPEN = Sql.load("rollout/select-open-rollouts");
    private static final Sql OF_MODEL = Sql.load("rollout/select-rollouts-of-model");
    private static final Sql RETURNING = Sql.load("rollout/select-returning");
    private static final Sql PAGE = Sql.load("rollout/page-rollouts");
    private static final Sql COUNT = Sql.load("rollout/count-updates");
    private static final Sql COUNT_UPDATING = Sql.load("rollout/count-updating");
    private static final Sql COUNT_ROLLOUTS = Sql.load("rollout/count-rollouts");
    private static final Sql RESTING = Sql.load("rollout/count-resting");
    private static final Sql COUNT_ALL = Sql.load("rollout/count-all-updates");
    private static final Sql FAILED = Sql.load("rollout/select-failed");
    private static final Sql ONE_UPDATE = Sql.load("rollout/select-update");
    private static final Sql OF_DEVICE = Sql.load("rollout/select-updates-of-device");
    private static final Sql OPEN_UPDATES = Sql.load("rollout/select-open-updates");
    private static final Sql UPDATES = Sql.load("rollout/select-updates");
    private static final Sql PAGE_UPDATES = Sql.load("rollout/page-updates");
    private static final Sql RECENT = Sql.load("rollout/page-recent-updates");
    private static final Sql RECENT_OF_DEVICE = Sql.load("rollout/page-recent-updates-of-device");
    private static final Sql INSERT_UPDATE = Sql.load("rollout/insert-update");
    private static final Sql UPDATE_UPDATE = Sql.load("rollout/update-update");
    private static final Sql DELETE_WAITING = Sql.load("rollout/delete-waiting");

    private final Changes changes;
    private final Queries queries;

    /** In the tables of this writer. */
    public RolloutTables(Changes changes, Queries queries) {
        this.changes = changes;
        this.queries = queries;
    }

    @Override
    public List<Rollout> open() {
        return queries.all(OPEN, new Values(), RolloutRows::rollout);
    }

    @Override
    public List<Rollout> ofModel(String model) {
        return queries.all(OF_MODEL, new Values().with("model", model), RolloutRows::rollout);
    }

    @Override
    public Optional<Rollout> find(long id) {
        return first(queries.all(ONE, new Values().with("id", id), RolloutRows::rollout));
    }

    @Override
    public Optional<Rollout> find(String name) {
        return first(queries.all(OF_NAME, new Values().with("name", name), RolloutRows::rollout));
    }

    @Override
    public Optional<Rollout> returning(long id) {
        return first(queries.all(RETURNING, new Values().with("id", id), RolloutRows::rollout));
    }

    @Override
    public List<Rollout> page(Rollouts.Filter filter) {
        Values values = new Values()
                .with("model", filter.model())
                .with("state", filter.state().map(Rollout.State::word).orElse(""))
                .with("before", filter.before())
                .with("limit", filter.limit());
        return queries.all(PAGE, values, RolloutRows::rollout);
    }

    @Override
    public Optional<Rollout> create(Rollout made, Function<Rollout, List<DeviceUpdate>> waiting, AuditEntry audit) {
        return changes.make(change -> {
            Values name = new Values().with("name", made.name());
            if (!change.all(OF_NAME, name, RolloutRows::rollout).isEmpty()) {
                return Optional.empty();
            }
            change.run(INSERT, RolloutRows.values(made));
            Rollout kept = change.all(OF_NAME, name, RolloutRows::rollout).get(0);
            for (DeviceUpdate update : waiting.apply(kept)) {
                change.run(INSERT_UPDATE, RolloutRows.values(update));
            }
            change.audit(audit);
            return Optional.of(kept);
        });
    }

    @Override
    public Optional<Rollout> change(
            long id, Function<Rollout, Optional<Rollout>> decision, Optional<AuditEntry> audit) {
        return changes.make(change -> {
            Optional<Rollout> next = first(change.all(ONE, new Values().with("id", id), RolloutRows::rollout))
                    .flatMap(decision);
            if (next.isPresent()) {
                change.run(UPDATE, RolloutRows.values(next.get()));
                if (audit.isPresent()) {
                    change.audit(audit.get());
                }
            }
            return next;
        });
    }

    @Override
    public Map<Long, DeviceUpdate> ofDevice(String device) {
        return queries.all(OF_DEVICE, new Values().with("device", device), RolloutRows::update).stream()
                .collect(Collectors.toMap(DeviceUpdate::rollout, update -> update));
    }

    @Override
    public List<DeviceUpdate> openUpdates(long rollout) {
        return queries.all(OPEN_UPDATES, new Values().with("rollout", rollout), RolloutRows::update);
    }

    @Override
    public List<DeviceUpdate> updates(long rollout) {
        return queries.all(UPDATES, new Values().with("rollout", rollout), RolloutRows::update);
    }

    @Override
    public Counts counts(long rollout) {
        return counts(COUNT, new Values().with("rollout", rollout));
    }

    @Override
    public int resting(long rollout) {
        return queries.all(RESTING, new Values().with("rollout", rollout), row -> row.getInt("n"))
                .get(0);
    }

    /** Of the devices of all rollouts that are not over. */
    public Counts countsOfOpen() {
        return counts(COUNT_ALL, new Values());
    }

    /** How many rollouts there are in each state. */
    public Map<Rollout.State, Integer> countRollouts() {
        Map<Rollout.State, Integer> byState = new EnumMap<>(Rollout.State.class);
        queries.all(
                COUNT_ROLLOUTS,
                new Values(),
                row -> byState.put(Rollout.State.ofWord(row.getString("state")).orElseThrow(), row.getInt("n")));
        return byState;
    }

    private Counts counts(Sql statement, Values values) {
        Map<DeviceUpdate.State, Integer> byState = new EnumMap<>(DeviceUpdate.State.class);
        queries.all(statement, values, row -> byState.put(state(row), row.getInt("n")));
        return new Counts(byState);
    }

    private static DeviceUpdate.State state(ResultSet row) throws SQLException {
        return DeviceUpdate.State.ofWord(row.getString("state")).orElseThrow();
    }

    @Override
    public List<String> failed(long rollout, int limit) {
        Values values = new Values().with("rollout", rollout).with("limit", limit);
        return queries.all(FAILED, values, row -> row.getString("device"));
    }

    @Override
    public Optional<DeviceUpdate> update(long rollout, String device) {
        return first(queries.all(ONE_UPDATE, which(rollout, device), RolloutRows::update));
    }

    @Override
    public List<DeviceUpdate> page(long rollout, Optional<DeviceUpdate.State> state, String after, int limit) {
        Values values = new Values()
                .with("rollout", rollout)
                .with("state", state.map(DeviceUpdate.State::word).orElse(""))
                .with("after", after)
                .with("limit", limit);
        return queries.all(PAGE_UPDATES, values, RolloutRows::update);
    }

    @Override
    public List<DeviceUpdate> recent(String device, String version, int limit) {
        Values values =
                new Values().with("device", device).with("version", version).with("limit", limit);
        return queries.all(device.isEmpty() ? RECENT : RECENT_OF_DEVICE, values, RolloutRows::update);
    }

    @Override
    public void enrol(Collection<DeviceUpdate> waiting) {
        inParts(waiting, (change, update) -> change.run(INSERT_UPDATE, RolloutRows.values(update)));
    }

    @Override
    public void withdraw(long rollout, Collection<String> devices) {
        inParts(devices, (change, device) -> change.run(DELETE_WAITING, which(rollout, device)));
    }

    @Override
    public Optional<DeviceUpdate> change(
            long rollout, String device, OptionalInt atOnce, Function<DeviceUpdate, Optional<DeviceUpdate>> decision) {
        return changes.make(change -> {
            Optional<DeviceUpdate> was = first(change.all(ONE_UPDATE, which(rollout, device), RolloutRows::update));
            Optional<DeviceUpdate> next = was.flatMap(decision);
            if (next.isEmpty()
                    || isOffer(was.orElseThrow(), next.get()) && isHeld(change, rollout)
                    || atOnce.isPresent() && isFull(change, was.orElseThrow(), atOnce.getAsInt())) {
                return Optional.empty();
            }
            return move(change, was.orElseThrow(), next.get()) ? next : Optional.empty();
        });
    }

    private static boolean isOffer(DeviceUpdate was, DeviceUpdate now) {
        return !was.state().isUpdating() && now.state() == DeviceUpdate.State.OFFERED;
    }

    /** Somebody may have paused or stopped it since it was read; then nothing more is offered. */
    private static boolean isHeld(Change change, long rollout) throws SQLException {
        return change.all(ONE, new Values().with("id", rollout), RolloutRows::rollout).stream()
                .map(Rollout::state)
                .noneMatch(state -> state == Rollout.State.RUNNING || state == Rollout.State.COMPLETED);
    }

    private static boolean isFull(Change change, DeviceUpdate was, int atOnce) throws SQLException {
        Values values = new Values().with("rollout", was.rollout());
        return !was.state().isUpdating()
                && change.all(COUNT_UPDATING, values, row -> row.getInt("n")).get(0) >= atOnce;
    }

    @Override
    public List<Moved> change(List<Moved> moves) {
        List<Moved> made = new ArrayList<>();
        inParts(moves, (change, moved) -> {
            if (move(change, moved.was(), moved.now())) {
                made.add(moved);
            }
        });
        return made;
    }

    private static boolean move(Change change, DeviceUpdate was, DeviceUpdate now) throws SQLException {
        Values values = RolloutRows.values(now)
                .with("was", was.state().word())
                .with("was_percent", was.percent())
                .with("was_changed_at", was.changedAt().toEpochMilli());
        return change.run(UPDATE_UPDATE, values) == 1;
    }

    private interface Piece<T> {
        void make(Change change, T what) throws SQLException;
    }

    private <T> void inParts(Collection<T> all, Piece<T> piece) {
        List<T> list = List.copyOf(all);
        for (int from = 0; from < list.size(); from += AT_ONCE) {
            List<T> part = list.subList(from, Math.min(list.size(), from + AT_ONCE));
            changes.make(change -> {
                for (T one : part) {
                    piece.make(change, one);
                }
                return part.size();
            });
        }
    }

    private static Values which(long rollout, String device) {
        return new Values().with("rollout", rollout).with("device", device);
    }

    private static <T> Optional<T> first(List<T> rows) {
        return rows.stream().findFirst();
    }
}
