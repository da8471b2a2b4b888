package org.caravanhub;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.caravanhub.doctor.KernelHealth;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;
import org.caravanhub.health.Starts;
import org.caravanhub.machine.FileSystemHealth;
import org.caravanhub.machine.FilesHealth;
import org.caravanhub.machine.Linux;
import org.caravanhub.machine.MachineHealth;
import org.caravanhub.machine.MemoryHealth;
import org.caravanhub.machine.PiHealth;
import org.caravanhub.ping.Ping;
import org.caravanhub.ping.PingHealth;
import org.caravanhub.ping.SelfMessage;
import org.caravanhub.settings.Settings;
import org.caravanhub.systemd.Systemd;
import org.caravanhub.systemd.Watchdog;

/** What the hub knows of itself and of the machine under it, beside its features: the ping, memory, files, starts, file system, voltage. */
final class HealthWiring implements AutoCloseable {
    private final Starts starts;
    private final PingHealth pingHealth = new PingHealth(() -> this.ping);
    private final MemoryHealth memory = new MemoryHealth(Linux.HERE);
    private final MachineHealth machine = new MachineHealth(Linux.HERE);
    private final List<HealthCheck> checks = new ArrayList<>();
    private Optional<Watchdog> watchdog = Optional.empty();
    private volatile Optional<Ping> ping = Optional.empty();

    HealthWiring(Settings settings, Clock clock) {
        this.starts = new Starts(settings.data(), clock);
        checks.addAll(List.of(
                pingHealth,
                memory,
                new FilesHealth(),
                starts,
                new FileSystemHealth(Linux.HERE, settings.data()),
                machine,
                new KernelHealth(settings.data(), clock)));
        PiHealth.of(Linux.HERE).ifPresent(checks::add);
    }

    List<HealthCheck> checks() {
        return List.copyOf(checks);
    }

    List<MetricSource> metrics() {
        return List.of(pingHealth, memory, machine);
    }

    /**
     * The hub takes messages: systemd is told if it has started the hub, and the hub begins to send messages to itself.
     *
     * @param writer asks the writer of the store for a sign of life
     * @param comesBack whether the hub, when it stops, starts again in this process
     */
    HealthWiring begin(CamelContext camel, Consumer<Runnable> writer, BooleanSupplier comesBack) {
        starts.note();
        Optional<Systemd> systemd = Systemd.of(System.getenv());
        Ping made = new Ping(
                new SelfMessage(camel, writer), systemd.map(Watchdog::pace).orElse(Ping.USUAL_PACE));
        ping = Optional.of(made);
        watchdog = systemd.map(manager -> Watchdog.begin(manager, made, comesBack));
        made.begin();
        return this;
    }

    @Override
    public void close() throws Exception {
        watchdog.ifPresent(Watchdog::close);
        if (ping.isPresent()) {
            ping.get().close();
        }
        starts.close();
    }
}
