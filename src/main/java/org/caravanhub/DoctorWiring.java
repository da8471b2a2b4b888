package org.caravanhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.clock.ClockSource;
import org.caravanhub.disk.DiskHealth;
import org.caravanhub.disk.DiskState;
import org.caravanhub.doctor.BrokerLook;
import org.caravanhub.doctor.ClockLook;
import org.caravanhub.doctor.DatabaseLook;
import org.caravanhub.doctor.JavaLook;
import org.caravanhub.doctor.KernelLook;
import org.caravanhub.doctor.Look;
import org.caravanhub.doctor.Ownership;
import org.caravanhub.doctor.PortsLook;
import org.caravanhub.doctor.ServiceLook;
import org.caravanhub.doctor.SettingsLook;
import org.caravanhub.flow.Mistake;
import org.caravanhub.health.Health;
import org.caravanhub.machine.FileSystemHealth;
import org.caravanhub.machine.Linux;
import org.caravanhub.machine.MachineHealth;
import org.caravanhub.machine.PiHealth;
import org.caravanhub.mqtt.BrokerUrl;
import org.caravanhub.mqtt.Door;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.SettingsReader;
import org.caravanhub.store.DatabaseAtRest;
import org.caravanhub.store.PostgresAddress;

/** What a doctor looks at, composed of the settings alone: beside a hub that answers, or instead of one that does not. */
public final class DoctorWiring {
    /** Where the service has its data; another folder is none of its business. */
    private static final Path OF_SERVICE = Path.of("/var/lib/caravan");

    private final Settings settings;
    private final List<String> mistakes;
    private final Optional<String> since;
    private final String program;
    private final Clock clock;

    /**
     * @param read the settings, as far as they are right
     * @param since from when on the kernel's log is read, as {@code journalctl --since} takes it
     * @param program the version of the program
     */
    public DoctorWiring(SettingsReader.Read read, Optional<String> since, String program, Clock clock) {
        this.settings = read.settings();
        this.mistakes = read.mistakes();
        this.since = since;
        this.program = program;
        this.clock = clock;
    }

    /** What a hub that answers cannot tell of itself. */
    public List<Look> beside() {
        List<Look> looks = new ArrayList<>(everywhere());
        looks.add(new Look("java", () -> Optional.of(JavaLook.look(Linux.HERE, true))));
        return looks;
    }

    /**
     * All that can be seen without a hub.
     *
     * @param isHeld whether a hub has the data folder, and does not answer: then its database and its ports are left alone
     */
    public List<Look> instead(boolean isHeld) {
        List<Look> looks = new ArrayList<>(everywhere());
        Path data = settings.data();
        looks.add(new Look("java", () -> Optional.of(JavaLook.look(Linux.HERE, isHeld))));
        looks.add(new Look("disk", this::disk));
        looks.add(Look.of(new FileSystemHealth(Linux.HERE, data)));
        looks.add(Look.of(new MachineHealth(Linux.HERE)));
        PiHealth.of(Linux.HERE).map(Look::of).ifPresent(looks::add);
        looks.add(new Look("clock", () -> Optional.of(clock(isHeld))));
        looks.add(new Look("flows", this::flows));
        if (Files.isDirectory(data)) {
            looks.add(Look.of(new BackupWiring(settings, program, clock).health()));
        }
        if (!isHeld) {
            looks.add(new Look(
                    "ports",
                    () -> PortsLook.look(ports(), data.resolve("broker").resolve("mosquitto.conf"))));
            looks.add(new Look("database", this::database));
        }
        return looks;
    }

    private List<Look> everywhere() {
        List<Look> looks = new ArrayList<>();
        if (settings.data().toAbsolutePath().normalize().equals(OF_SERVICE)) {
            looks.add(new Look("service", ServiceLook::look));
        }
        looks.add(new Look("kernel", () -> Optional.of(KernelLook.look(since))));
        looks.add(new Look("settings", () -> Optional.of(SettingsLook.look(mistakes, settings.config()))));
        looks.add(new Look("permissions", () -> Optional.of(Ownership.look(settings.data()))));
        // One of the hub's own is there only with the hub.
        settings.optional(Setting.MQTT_URL).ifPresent(url -> {
            looks.add(new Look("broker", () -> Optional.of(BrokerLook.asTheHub(door(url)))));
            looks.add(new Look("anonymous", () -> BrokerLook.asNobody(door(url))));
        });
        return looks;
    }

    private Door door(String url) {
        return new Door(
                BrokerUrl.parse(url),
                settings.optional(Setting.MQTT_USER).orElse(null),
                settings.optional(Setting.MQTT_PASSWORD).orElse(null),
                settings.optional(Setting.MQTT_CA).orElse(null),
                "doctor-");
    }

    private Map<Integer, String> ports() {
        Map<Integer, String> ports = new HashMap<>();
        ports.put(settings.port(Setting.HTTP_PORT), "--http-port");
        if (settings.optional(Setting.MQTT_URL).isEmpty()
                && !settings.text(Setting.BROKER).equals("off")) {
            ports.put(settings.port(Setting.MQTT_PORT), "--mqtt-port");
        }
        ports.remove(0);
        return ports;
    }

    private Optional<Health> disk() throws IOException {
        Path there = settings.data();
        while (Files.notExists(there) && there.toAbsolutePath().getParent() != null) {
            there = there.toAbsolutePath().getParent();
        }
        long total = Files.getFileStore(there).getTotalSpace();
        long free = Files.getFileStore(there).getUsableSpace();
        return Optional.of(new DiskHealth(() -> new DiskState(total, free, true, Map.of())).check());
    }

    private Optional<Health> database() {
        Optional<String> url = settings.optional(Setting.DB_URL);
        if (url.isPresent()) {
            return Optional.of(DatabaseLook.of(PostgresAddress.of(
                    url.get(), settings.optional(Setting.DB_USER), settings.optional(Setting.DB_PASSWORD))));
        }
        return Optional.of(DatabaseLook.ofFile(settings.data()));
    }

    private Health clock(boolean isHeld) {
        Optional<Instant> known = Optional.empty();
        if (!isHeld && settings.optional(Setting.DB_URL).isEmpty()) {
            try {
                known = DatabaseAtRest.known(settings.data());
            } catch (IOException e) {
                // The check of the database tells why.
            }
        }
        return ClockLook.look(clock.instant(), Wiring.BUILT, known, new ClockSource(Path.of("/"), clock));
    }

    private Optional<Health> flows() {
        FlowsAtRest.Result result;
        try {
            result = FlowsAtRest.check(settings, List.of());
        } catch (UncheckedIOException e) {
            return Optional.of(Health.problem(
                    "The flows in " + settings.routes() + " cannot be read.",
                    String.valueOf(e.getMessage()),
                    "caravan.routes names the folder; see whose it is: ls -ld " + settings.routes()));
        }
        List<Mistake> wrong = result.mistakes();
        return Optional.of(
                wrong.isEmpty()
                        ? Health.ok(result.flows() + " flows in " + result.files() + " files are right.")
                        : Health.warning(
                                wrong.size() + " mistakes in flow files: "
                                        + wrong.get(0).text(),
                                "At its start the hub takes the last good version of these files, if it has one.",
                                "caravan flow check"));
    }
}
