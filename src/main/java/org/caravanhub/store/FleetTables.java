package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.caravanhub.ota.Counts;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.FleetBook;
import org.caravanhub.ota.Member;

/** What registry, statuses and readings tell of the devices that firmware goes to. Safe for use by many threads. */
public final class FleetTables implements FleetBook {
    private static final Sql FLEET = Sql.load("rollout/select-fleet");
    private static final Sql MEMBER = Sql.load("rollout/select-member");
    private static final Sql MACS = Sql.load("rollout/select-macs");
    private static final Sql MACS_OF_DEVICE = Sql.load("rollout/select-macs-of-device");
    private static final Sql EVIDENCE = Sql.load("rollout/select-evidence");
    private static final Sql BEATS = Sql.load("rollout/select-beats");
    private static final Sql BEATS_BEFORE = Sql.load("rollout/select-beats-before");
    private static final Sql STARTED_ANEW = Sql.load("rollout/select-started-anew");
    private static final Sql BOOTS = Sql.load("rollout/count-boots");
    private static final Sql CHARGES = Sql.load("rollout/select-charges");
    private static final Sql DID = Sql.load("rollout/select-figures-of-updates");
    private static final Sql TIMES = Sql.load("rollout/select-times-to-done");
    private static final Sql VITALS = Sql.load("rollout/select-vitals");

    /** What power stations call it. */
    private static final String STATION = "soc_percent";

    /** So many statuses before its offer tell how a device sleeps; fewer than the least tell nothing. */
    private static final int LOOKED_AT_BEFORE = 10;

    private static final int LEAST_BEFORE = 4;

    private static final Duration CHARGE_IS_NEWS = Duration.ofDays(1);

    private final Queries queries;

    /** Asks these. */
    public FleetTables(Queries queries) {
        this.queries = queries;
    }

    @Override
    public List<Member> ofModel(String model) {
        Map<String, Set<String>> macs = new HashMap<>();
        queries.all(MACS, new Values(), row -> macs.computeIfAbsent(row.getString("device"), none -> new HashSet<>())
                .add(mac(row)));
        return queries
                .all(
                        FLEET,
                        new Values().with("model", model),
                        row -> member(row, macs.getOrDefault(row.getString("device"), Set.of())))
                .stream()
                .filter(member -> member.model().equals(model))
                .toList();
    }

    @Override
    public Member member(String device) {
        Values which = new Values().with("device", device);
        Set<String> macs = new HashSet<>(queries.all(MACS_OF_DEVICE, which, FleetTables::mac));
        return queries.all(MEMBER, which, row -> member(row, macs)).stream()
                .findFirst()
                .orElseGet(() -> new Member(device, "", false, "", macs, "", false));
    }

    private static String mac(ResultSet row) throws SQLException {
        return row.getString("mac").replaceAll("[^0-9A-Fa-f]", "").toUpperCase(Locale.ROOT);
    }

    /** What its owner says it is goes before what it says when it asks, and that before its statuses. */
    private static Member member(ResultSet row, Set<String> macs) throws SQLException {
        String owners = row.getString("owners_model");
        String model = owners.isEmpty() ? row.getString("asked_model") : owners;
        return new Member(
                row.getString("device"),
                model.isEmpty() ? row.getString("told_model") : model,
                !owners.isEmpty(),
                newest(row).version(),
                macs,
                row.getString("device_group"),
                row.getInt("disabled") == 1);
    }

    private record Version(String version, Optional<Instant> at) {}

    /** The version that was told last, in a status or when it asked. */
    private static Version newest(ResultSet row) throws SQLException {
        Version asked = new Version(row.getString("asked_version"), RolloutRows.moment(row, "asked_at"));
        Version told = new Version(row.getString("told_version"), RolloutRows.moment(row, "told_at"));
        if (asked.version().isEmpty() || told.version().isEmpty()) {
            return asked.version().isEmpty() ? told : asked;
        }
        return asked.at().orElse(Instant.MIN).isAfter(told.at().orElse(Instant.MIN)) ? asked : told;
    }

    @Override
    public Map<String, Told> told(long rollout) {
        Values which = new Values().with("rollout", rollout);
        Map<String, Integer> restarts = new HashMap<>(Restarts.of(queries.all(BEATS, which, Restarts::beat)));
        queries.all(BOOTS, which, row -> restarts.merge(row.getString("device"), row.getInt("n") - 1, Math::max));
        restarts.replaceAll((device, n) -> n > 0 && isSleeper(rollout, device) ? 0 : n);
        queries.all(STARTED_ANEW, which, row -> restarts.merge(row.getString("device"), 1, Math::max));
        Map<String, Told> told = new HashMap<>();
        queries.all(EVIDENCE, which, row -> {
            String device = row.getString("device");
            Version newest = newest(row);
            int seen = Math.max(0, restarts.getOrDefault(device, 0));
            Optional<Instant> heard = RolloutRows.moment(row, "heard_at");
            return told.put(device, new Told(newest.version(), newest.at(), heard, seen));
        });
        return told;
    }

    /** Whether it started anew for nearly every status before its offer, too: then that is how it sleeps, and tells nothing of the release. */
    private boolean isSleeper(long rollout, String device) {
        Values which =
                new Values().with("rollout", rollout).with("device", device).with("limit", LOOKED_AT_BEFORE);
        List<Restarts.Told> before = new ArrayList<>(queries.all(BEATS_BEFORE, which, Restarts::beat));
        Collections.reverse(before);
        int starts = Restarts.of(before).getOrDefault(device, 0);
        return before.size() >= LEAST_BEFORE && 2 * starts >= before.size() - 1;
    }

    @Override
    public Charges charges(Instant now) {
        Map<String, Double> batteries = new HashMap<>();
        Map<String, Double> stations = new HashMap<>();
        long since =
                now.minus(CHARGE_IS_NEWS).toEpochMilli() / Duration.ofHours(1).toMillis();
        queries.all(CHARGES, new Values().with("since", since), row -> {
            double percent = row.getDouble("value");
            String device = row.getString("device");
            if (row.getString("metric").equals(STATION)) {
                stations.put(device, percent);
            }
            return batteries.put(device, percent);
        });
        return new Charges(
                batteries,
                stations.values().stream().mapToDouble(Double::doubleValue).min());
    }

    @Override
    public Map<String, Did> did(String model) {
        Values which = new Values().with("model", model);
        Map<String, List<Duration>> times = new HashMap<>();
        queries.all(TIMES, which, row -> times.computeIfAbsent(row.getString("version"), none -> new ArrayList<>())
                .add(Duration.ofMillis(row.getLong("took_ms"))));
        Map<String, Did> did = new HashMap<>();
        queries.all(DID, which, row -> {
            String version = row.getString("version");
            Did before = did.getOrDefault(version, new Did(Counts.NONE, 0, times.getOrDefault(version, List.of())));
            Map<DeviceUpdate.State, Integer> counts =
                    new HashMap<>(before.counts().byState());
            counts.put(DeviceUpdate.State.ofWord(row.getString("state")).orElseThrow(), row.getInt("n"));
            return did.put(
                    version,
                    new Did(new Counts(counts), before.restarts() + row.getInt("restarts"), before.timesToDone()));
        });
        return did;
    }

    @Override
    public Map<String, Vitals> vitals(String model) {
        Map<String, Vitals> vitals = new HashMap<>();
        queries.all(VITALS, new Values().with("model", model), row -> {
            long uptime = row.getLong("uptime_s");
            Optional<Duration> up = row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(uptime));
            double rssi = row.getDouble("rssi_dbm");
            OptionalDouble radio = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(rssi);
            return vitals.put(row.getString("device"), new Vitals(up, radio));
        });
        return vitals;
    }
}
