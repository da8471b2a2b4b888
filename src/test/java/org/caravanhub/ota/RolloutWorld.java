package org.caravanhub.ota;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.caravanhub.alert.Alerts;
import org.caravanhub.device.Presence;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.notice.Notice;
import org.caravanhub.store.Changes;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.FleetTables;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Queries;
import org.caravanhub.store.RolloutTables;
import org.caravanhub.store.SqliteDatabase;

/** The engine on a real database, with devices and a time that the test moves. */
final class RolloutWorld implements AutoCloseable {
    static final Rollouts.Asker ADMIN = new Rollouts.Asker("admin", "change-rollout");

    final Map<String, Notice> alerts = new LinkedHashMap<>();
    final List<String> resolved = new ArrayList<>();
    final List<String> offered = new ArrayList<>();
    final Map<String, Presence> presences = new HashMap<>();
    final Set<String> reachable = new HashSet<>();
    final List<Release> published = new ArrayList<>();
    Consumer<String> heard = device -> {};
    boolean isDeaf;
    Optional<String> hubWaits = Optional.empty();

    final RolloutTables book;
    final Engine engine;
    private final SqliteDatabase database;
    private final GroupCommit writer;
    private final Queries queries;
    private Instant now;

    RolloutWorld(Path folder, Instant now) {
        this.now = now;
        database = SqliteDatabase.open(folder.resolve("caravan.db"));
        writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        queries = new Queries(database, Duration.ofSeconds(20));
        book = new RolloutTables(new Changes(writer, database), queries);
        engine = new Engine(
                book,
                new FleetTables(queries),
                new Engine.Surroundings(
                        releases(),
                        whereabouts(),
                        alarm(),
                        outlet(),
                        RolloutListener.NONE,
                        () -> !isDeaf,
                        ZoneOffset.UTC,
                        clock(),
                        () -> Duration.between(Instant.EPOCH, this.now).toNanos(),
                        () -> hubWaits));
    }

    Instant now() {
        return now;
    }

    Rollouts rollouts() {
        return engine.rollouts();
    }

    void publish(String... versions) {
        for (String version : versions) {
            published.add(Samples.release(published.size() + 1, version));
        }
    }

    /** Rounds, every fifteen seconds. */
    void pass(Duration time) {
        pass(time, () -> {});
    }

    /** The same; devices do this before each. */
    void pass(Duration time, Runnable devices) {
        Instant until = now.plus(time);
        while (now.isBefore(until)) {
            now = now.plus(RolloutRounds.EVERY);
            devices.run();
            engine.look();
        }
    }

    // ── Devices ──────────────────────────────────────────────────────────────────────────

    /** They are registered, and were never heard. */
    void register(String group, String... devices) {
        write(
                "insert into registration values (?, 'caravan', '', '', ?, '', ?, '[]', '', '', null, 0, 1, 1)",
                insert -> {
                    for (String device : devices) {
                        insert.setString(1, device);
                        insert.setString(2, Samples.MODEL);
                        insert.setString(3, group);
                        insert.addBatch();
                    }
                });
        write("insert into device (id, family, first_seen_at, last_seen_at) values (?, 'caravan', 0, 0)", insert -> {
            for (String device : devices) {
                insert.setString(1, device);
                insert.addBatch();
            }
        });
        write(
                "insert into source (device, family, site, system, sensor, location, mac) values (?, 'caravan', '', '', '', '', '')",
                insert -> {
                    for (String device : devices) {
                        insert.setString(1, device);
                        insert.addBatch();
                    }
                });
        for (String device : devices) {
            presences.put(device, Presence.ONLINE);
        }
    }

    /** A status of each: version and uptime in seconds. */
    void tell(Map<String, Vital> vitals) {
        write(
                "insert into status (device, source_id, state, activity, uptime_s, rssi_dbm, firmware, model, said_at, as_of,"
                        + " received_at, flags, fingerprint, details)"
                        + " select ?, id, 'online', '', ?, -60, ?, '', ?, ?, ?, 0, 0, '{}' from source where device = ?",
                insert -> {
                    for (Map.Entry<String, Vital> one : vitals.entrySet()) {
                        insert.setString(1, one.getKey());
                        insert.setLong(2, one.getValue().uptime());
                        insert.setString(3, one.getValue().version());
                        insert.setLong(4, now.toEpochMilli());
                        insert.setLong(5, now.toEpochMilli());
                        insert.setLong(6, now.toEpochMilli());
                        insert.setString(7, one.getKey());
                        insert.addBatch();
                    }
                });
        write("update device set last_seen_at = ? where id = ?", update -> {
            for (String device : vitals.keySet()) {
                update.setLong(1, now.toEpochMilli());
                update.setString(2, device);
                update.addBatch();
            }
        });
    }

    record Vital(String version, long uptime) {}

    void tell(String device, String version, long uptime) {
        tell(Map.of(device, new Vital(version, uptime)));
    }

    Decision ask(String device, String version) {
        return engine.offers().decide(new Inquiry(device, "", version, "", Set.of(), now));
    }

    void say(String device, UpdateReport.Stage stage, int percent) {
        engine.offers().report(new UpdateReport(device, "", stage, OptionalInt.of(percent), "", now));
    }

    DeviceUpdate.State state(long rollout, String device) {
        return rollouts().update(rollout, device).orElseThrow().state();
    }

    List<String> rows(String sql) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Batch {
        void fill(PreparedStatement statement) throws SQLException;
    }

    private void write(String sql, Batch batch) {
        try {
            writer.lend(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    batch.fill(statement);
                    statement.executeBatch();
                }
                return true;
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void disable(String device) {
        write("update registration set disabled = 1 where device = ?", update -> {
            update.setString(1, device);
            update.addBatch();
        });
    }

    // ── What the engine is given ─────────────────────────────────────────────────────────

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private Whereabouts whereabouts() {
        return new Whereabouts() {
            @Override
            public Presence of(String device) {
                return presences.getOrDefault(device, Presence.NEW);
            }

            @Override
            public void whenHeard(Consumer<String> listener) {
                heard = listener;
            }
        };
    }

    private Alerts alarm() {
        return new Alerts() {
            @Override
            public void raise(Notice notice) {
                alerts.put(notice.name(), notice);
            }

            @Override
            public void resolve(String name, String device, String why) {
                if (alerts.remove(name) != null) {
                    resolved.add(name);
                }
            }
        };
    }

    private OfferOutlet outlet() {
        return new OfferOutlet() {
            @Override
            public boolean reaches(String device) {
                return reachable.contains(device);
            }

            @Override
            public boolean offer(String device, Release release) {
                offered.add(device + " " + release.version());
                return true;
            }
        };
    }

    private Releases releases() {
        return new Releases() {
            @Override
            public Optional<Release> find(long id) {
                return published.stream().filter(one -> one.id() == id).findFirst();
            }

            @Override
            public Optional<Release> find(String model, String version) {
                return ofModel(model).stream()
                        .filter(one -> one.version().equals(version))
                        .findFirst();
            }

            @Override
            public Optional<Release> ofKey(String key) {
                return published.stream().filter(one -> one.key().equals(key)).findFirst();
            }

            @Override
            public List<Release> ofModel(String model) {
                return published.stream()
                        .filter(one -> one.model().equals(model))
                        .sorted(Comparator.comparingLong(Release::id).reversed())
                        .toList();
            }

            @Override
            public List<Release> ofVersion(String version) {
                return published.stream()
                        .filter(one -> one.version().equals(version))
                        .toList();
            }

            @Override
            public Path file(Release release) {
                return Path.of("none");
            }
        };
    }

    @Override
    public void close() throws Exception {
        engine.close();
        writer.close();
        queries.close();
        database.close();
    }

    /** What the owner was told of a rollout. */
    Notice alert(long rollout) {
        return Objects.requireNonNull(alerts.get("rollout-" + rollout));
    }
}
