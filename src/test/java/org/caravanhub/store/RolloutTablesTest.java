package org.caravanhub.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.ota.Audience;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.FleetBook;
import org.caravanhub.ota.Member;
import org.caravanhub.ota.Plan;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.Rollouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts in the tables, and what readings, statuses and the registry tell of their devices. */
class RolloutTablesTest {
    private static final Instant NOW = TestStore.NOON;
    private static final AuditEntry AUDIT = new AuditEntry(NOW, "admin", "create-rollout", "rollout/r", "{}");

    @TempDir
    Path folder;

    private TestDatabase store;
    private Queries queries;
    private RolloutTables book;
    private FleetTables fleet;

    TestDatabase open(Path data) {
        return new TestStore(data);
    }

    @BeforeEach
    void open() {
        store = open(folder);
        queries = new Queries(store.database(), Duration.ofSeconds(20));
        book = new RolloutTables(new Changes(store.writer(), store.database()), queries);
        fleet = new FleetTables(queries);
    }

    @AfterEach
    void close() throws InterruptedException {
        queries.close();
        store.close();
    }

    private void run(String... statements) throws SQLException {
        store.writer().lend(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String one : statements) {
                    statement.execute(one);
                }
            }
            return true;
        });
    }

    private static Rollout rollout(Audience audience) {
        Plan plan = new Plan(
                List.of(new Plan.Ring("huts", 10, 90, Duration.ofHours(1)), new Plan.Ring("", 100, 100, Duration.ZERO)),
                OptionalInt.of(5),
                OptionalDouble.of(40.5),
                false,
                Optional.of(new Plan.Window(LocalTime.of(23, 0), LocalTime.of(5, 30))),
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                new Plan.Stop(3, 20),
                true,
                true);
        return new Rollout(
                0,
                "r",
                "c3",
                "2.0.0",
                audience,
                plan,
                10,
                0,
                Rollout.State.RUNNING,
                "",
                Optional.of(NOW),
                new Rollout.Forgiven(1, 2),
                OptionalLong.of(7),
                NOW,
                "admin",
                NOW);
    }

    private static DeviceUpdate update(long rollout, String device, State state) {
        boolean isBegun = state != State.WAITING;
        return new DeviceUpdate(
                rollout,
                device,
                "2.0.0",
                "1.0.0",
                state,
                0,
                "why",
                1,
                isBegun ? Optional.of(NOW) : Optional.empty(),
                Optional.empty(),
                isBegun ? Optional.of(NOW) : Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(90),
                2,
                state.isEnd() ? Optional.of(NOW.plusSeconds(60)) : Optional.empty(),
                NOW);
    }

    private long made(String... devices) {
        return book.create(
                        rollout(new Audience.All()),
                        kept -> java.util.Arrays.stream(devices)
                                .map(device -> update(kept.id(), device, State.VERIFYING))
                                .toList(),
                        AUDIT)
                .orElseThrow()
                .id();
    }

    @Test
    void whatIsKeptIsReadBack() {
        Audience named = new Audience.Specific(Set.of("a", "b"), Set.of("A4CF12000001"));
        Rollout made = book.create(rollout(named), kept -> List.of(update(kept.id(), "a", State.VERIFYING)), AUDIT)
                .orElseThrow();
        assertThat(book.find(made.id())).contains(made);
        assertThat(made).usingRecursiveComparison().ignoringFields("id").isEqualTo(rollout(named));
        assertThat(book.update(made.id(), "a")).contains(update(made.id(), "a", State.VERIFYING));
        assertThat(book.create(rollout(named), kept -> List.of(), AUDIT))
                .as("one of each name")
                .isEmpty();
        assertThat(book.returning(7)).contains(made);
        assertThat(book.open()).containsExactly(made);
        assertThat(book.page(new Rollouts.Filter("c3", Optional.empty(), Long.MAX_VALUE, 5)))
                .containsExactly(made);
        assertThat(book.page(new Rollouts.Filter("", Optional.of(Rollout.State.PAUSED), Long.MAX_VALUE, 5)))
                .isEmpty();
        assertThat(book.recent("", "", 5)).hasSize(1);
        assertThat(book.recent("a", "2.0.0", 5)).hasSize(1);
        assertThat(book.countRollouts()).containsEntry(Rollout.State.RUNNING, 1);
        assertThat(book.countsOfOpen().of(State.VERIFYING)).isEqualTo(1);
    }

    @Test
    void whoComesTooLateChangesNothing() {
        long id = made("a");
        DeviceUpdate was = update(id, "a", State.VERIFYING);
        DeviceUpdate done = update(id, "a", State.DONE);
        assertThat(book.change(List.of(new RolloutTables.Moved(was, done)))).hasSize(1);
        assertThat(book.change(List.of(new RolloutTables.Moved(was, update(id, "a", State.FAILED)))))
                .isEmpty();
        assertThat(book.change(id, "a", OptionalInt.empty(), now -> Optional.of(update(id, "a", State.FAILED))))
                .as("it has ended")
                .isEmpty();
        assertThat(book.update(id, "a")).contains(done);
    }

    @Test
    void onlySoManyAreAtItAtATime() {
        long id = made("a", "b");
        book.enrol(List.of(update(id, "c", State.WAITING)));
        assertThat(book.change(id, "c", OptionalInt.of(2), was -> Optional.of(update(id, "c", State.OFFERED))))
                .isEmpty();
        assertThat(book.change(id, "c", OptionalInt.of(3), was -> Optional.of(update(id, "c", State.OFFERED))))
                .isPresent();
        book.withdraw(id, List.of("a", "c"));
        assertThat(book.counts(id).total()).as("they have begun").isEqualTo(3);
    }

    @Test
    void theFleetIsKnownByItsOwnerByWhatItAskedAndByWhatItTold() throws Exception {
        store.keep(
                TestStore.reading("told", NOW, "{\"a\":1}"),
                TestStore.reading("other", NOW, "{\"a\":1}"),
                TestStore.reading("asked", NOW, "{\"a\":1}"));
        run(
                status("told", "c3", "1.0.0", 10, 100),
                status("told", "", "", 20, 110),
                status("other", "c3", "1.0.0", 10, 100),
                status("asked", "c3", "1.0.0", 10, 100),
                "insert into registration values ('other', 'caravan', '', '', 's3', '', '', '[]', '', '', null, 0, 1, 1)",
                "insert into registration values ('silent', 'caravan', '', '', 'c3', '', 'huts', '[]', '', '', null, 1, 1, 1)",
                "insert into device_firmware values ('asked', 'c3', '1.1.0', 'A4CF12000001', 'paku', 1, "
                        + NOW.plusSeconds(60).toEpochMilli() + ")");
        assertThat(fleet.ofModel("c3"))
                .extracting(Member::device, Member::version, Member::group, Member::isDisabled)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("asked", "1.1.0", "", false),
                        org.assertj.core.groups.Tuple.tuple("silent", "", "huts", true),
                        org.assertj.core.groups.Tuple.tuple("told", "1.0.0", "", false));
        assertThat(fleet.member("asked").macs()).containsExactly("A4CF12000001");
        assertThat(fleet.member("other").model()).as("its owner knows better").isEqualTo("s3");
        assertThat(fleet.member("nobody").model()).isEmpty();
    }

    private static String status(String device, String model, String version, int seconds, int uptime) {
        long at = NOW.plusSeconds(seconds).toEpochMilli();
        return "insert into status (device, source_id, state, activity, uptime_s, rssi_dbm, firmware, model, said_at, as_of,"
                + " received_at, flags, fingerprint, details) select device, id, 'online', '', " + uptime + ", -61, '"
                + version + "', '" + model + "', " + at + ", " + at + ", " + at + ", 0, 0, '{\"boot_count\":" + seconds
                + "}' from source where device = '" + device + "'";
    }

    @Test
    void evidenceIsWhatWasToldSinceTheNewVersionRuns() throws Exception {
        store.keep(TestStore.reading("a", NOW, "{\"a\":1}"), TestStore.reading("b", NOW, "{\"a\":1}"));
        long id = made("a", "b", "c");
        run(
                status("a", "c3", "2.0.0", 1, 9),
                status("a", "c3", "2.0.0", 2, 3),
                status("a", "c3", "2.0.0", 3, 4),
                "insert into event (device, source_id, name, severity, message, said_at, as_of, received_at, flags, fingerprint,"
                        + " details) select device, id, 'boot', 'info', '', 1, "
                        + NOW.plusSeconds(5).toEpochMilli()
                        + ", 1, 0, 0, '{}' from source where device = 'b'");
        FleetBook.Told a = requireNonNull(fleet.told(id).get("a"));
        assertThat(a.version()).isEqualTo("2.0.0");
        assertThat(a.toldAt()).contains(NOW.plusSeconds(3));
        assertThat(a.restarts()).as("by its counter").isEqualTo(2);
        assertThat(a.heardAt()).isPresent();
        assertThat(requireNonNull(fleet.told(id).get("b")).restarts())
                .as("one start is its own")
                .isZero();
        run("insert into device_firmware values ('c', 'c3', '2.0.0', '', 'report', 1, "
                + NOW.plusSeconds(60).toEpochMilli() + ")");
        assertThat(requireNonNull(fleet.told(id).get("c")).version())
                .as("what is claimed is not seen")
                .isEmpty();

        book.change(List.of(new RolloutTables.Moved(update(id, "a", State.VERIFYING), update(id, "a", State.DONE))));
        FleetBook.Did did = requireNonNull(fleet.did("c3").get("2.0.0"));
        assertThat(did.counts().of(State.DONE)).isEqualTo(1);
        assertThat(did.restarts()).isEqualTo(6);
        assertThat(did.timesToDone()).containsExactly(Duration.ofSeconds(60));
        assertThat(requireNonNull(fleet.vitals("c3").get("a")).uptime()).contains(Duration.ofSeconds(4));
    }

    @Test
    void chargeIsTheDevicesOwnOrTheStations() throws Exception {
        store.keep(
                TestStore.reading("hut", NOW.minusSeconds(120), "{\"battery_percent\":12,\"a\":1}"),
                TestStore.reading("hut", NOW.minusSeconds(60), "{\"battery_percent\":71.5,\"a\":1}"),
                TestStore.reading("hut", NOW, "{\"a\":1}"),
                TestStore.reading("station", NOW, "{\"soc_percent\":55}"),
                TestStore.reading("old", NOW.minus(Duration.ofDays(3)), "{\"battery_percent\":99}"));
        FleetBook.Charges charges = fleet.charges(NOW);
        assertThat(charges.batteries()).containsEntry("hut", 71.5).doesNotContainKey("old");
        assertThat(charges.station()).hasValue(55);
    }
}
