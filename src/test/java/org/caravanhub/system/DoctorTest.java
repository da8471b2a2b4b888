package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravanhub.Await;
import org.caravanhub.DoctorWiring;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.doctor.Look;
import org.caravanhub.doctor.Round;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthReport;
import org.caravanhub.machine.FileSystemHealth;
import org.caravanhub.machine.Linux;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A doctor at a hub that was killed, at brokers that are not as they should be, and on disks that fail. */
class DoctorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void whatAKilledHubHasLeftIsLookedAtAndLeftAsItIs() throws Exception {
        Path data = folder.resolve("data");
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            HubProcess hub = HubProcess.start(data, broker);
            assertThat(DataFolder.holder(data)).as("while it runs").isPresent();
            Await.until("a message came back", PATIENCE, () -> hub.checks(data).contains("itself came back in"));
            assertThat(hub.get(data, "/metrics")).contains("caravan_ping_seconds ");
            hub.kill();

            assertThat(DataFolder.holder(data)).isEmpty();
            byte[] log = Files.readAllBytes(data.resolve("caravan.db-wal"));
            Map<String, Health> found = looked(data, Map.of("CARAVAN_MQTT_URL", broker.url()));

            assertThat(said(found, "database").what()).contains("in its log, and is whole.");
            assertThat(said(found, "broker").what()).contains("lets the hub in");
            assertThat(said(found, "clock").state()).isEqualTo(Health.State.OK);
            assertThat(Files.readAllBytes(data.resolve("caravan.db-wal"))).isEqualTo(log);
            assertThat(Files.readString(data.resolve("health/starts"))).endsWith(" start\n");
        }
    }

    @Test
    void aBrokerThatRefusesTheHubOrLetsInAnybodyIsTold() throws Exception {
        try (TestMosquitto guarded =
                        TestMosquitto.guarded().user("hub", "right").start();
                TestMosquitto open = TestMosquitto.open().start()) {
            Map<String, String> hub = new HashMap<>(Map.of(
                    "CARAVAN_MQTT_URL", guarded.url(), "CARAVAN_MQTT_USER", "hub", "CARAVAN_MQTT_PASSWORD", "wrong"));
            Health refused = said(looked(folder, hub), "broker");
            assertThat(refused.state()).isEqualTo(Health.State.PROBLEM);
            assertThat(refused.toString()).contains("does not let the hub in").doesNotContain("wrong");

            hub.put("CARAVAN_MQTT_PASSWORD", "right");
            Map<String, Health> right = looked(folder, hub);
            assertThat(said(right, "broker").state()).isEqualTo(Health.State.OK);
            assertThat(right).doesNotContainKey("anonymous");

            hub.put("CARAVAN_MQTT_URL", open.url());
            assertThat(said(looked(folder, hub), "anonymous").what()).contains("lets in whoever gives no name");

            open.stop();
            assertThat(said(looked(folder, hub), "broker").state()).isEqualTo(Health.State.PROBLEM);
        }
    }

    @Test
    void aDiskIsToldOfWhenItIsFullOfSmallFilesWhenItIsFullAndWhenItFails() throws IOException {
        try (LoopMount disk = new LoopMount(folder, "disk", 12)) {
            FileSystemHealth health = new FileSystemHealth(Linux.HERE, disk.folder());
            assertThat(health.check().what()).contains("ext4 at " + disk.folder() + " can be written");

            fillWithSmallFiles(disk.folder());
            FileSystemHealth full = new FileSystemHealth(Linux.HERE, disk.folder());
            Await.until("it is told", PATIENCE, () -> full.check().state() == Health.State.WARNING);
            assertThat(full.check().what()).contains("of the files that it can");

            // One file must fit that can be large.
            Files.delete(disk.folder().resolve("many/0"));
            try (FullDisk filled = new FullDisk(disk.folder(), 0)) {
                Await.until("it is full", PATIENCE, filled::isFull);
                Map<String, Health> found = looked(disk.folder(), Map.of());
                assertThat(said(found, "disk").what()).matches("The disk is (99|100) % full; 0 MB are free\\..*");
            }

            disk.findError();
            assertThat(health.check().state()).isEqualTo(Health.State.PROBLEM);
            assertThat(said(looked(disk.folder(), Map.of()), "filesystem").what())
                    .contains("is read-only.");
        }
    }

    private static void fillWithSmallFiles(Path disk) throws IOException {
        Path many = Files.createDirectory(disk.resolve("many"));
        for (int i = 0; i < 100_000; i++) {
            try {
                Files.createFile(many.resolve(Integer.toString(i)));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** What is seen with no hub; the parts that need no machine of their own. */
    private static Health said(Map<String, Health> found, String check) {
        return Objects.requireNonNull(found.get(check), check);
    }

    private static Map<String, Health> looked(Path data, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("CARAVAN_DATA", data.toString());
        all.put("CARAVAN_HTTP_PORT", "0");
        SettingsReader.Read read = SettingsReader.readWithMistakes(Path.of("."), all, Map.of(), null);
        assertThat(read.mistakes()).isEmpty();
        List<Look> looks = new DoctorWiring(read, Optional.empty(), "test", Clock.systemUTC())
                .instead(false).stream()
                        .filter(look ->
                                !look.name().equals("flows") && !look.name().equals("kernel"))
                        .toList();
        try {
            return Round.of(looks, PATIENCE).stream()
                    .collect(Collectors.toMap(HealthReport.Line::name, HealthReport.Line::health));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
