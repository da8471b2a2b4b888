package org.caravanhub.doctor;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.caravanhub.health.Health;
import org.caravanhub.machine.Linux;
import org.caravanhub.settings.CannotListen;
import org.caravanhub.settings.PortHolder;
import org.caravanhub.settings.PortTaken;

/** Whether a hub that is down would get its ports. */
public final class PortsLook {
    private PortsLook() {}

    /**
     * Tries each.
     *
     * @param ports to the option that chooses another: {@code 8080, --http-port}
     * @param own the configuration of the hub's own Mosquitto: one that outlived its hub is taken over
     */
    public static Optional<Health> look(Map<Integer, String> ports, Path own) {
        Map<Integer, String> sorted = new TreeMap<>(ports);
        for (Map.Entry<Integer, String> port : sorted.entrySet()) {
            try {
                PortTaken.check("0.0.0.0", port.getKey(), port.getValue());
            } catch (PortTaken taken) {
                if (!isOwn(taken.port(), own)) {
                    return Optional.of(Health.problem(
                            "Port " + taken.port() + " is taken by " + taken.holder() + ".",
                            "The hub cannot start.",
                            "Stop that, or choose another port: " + taken.option()
                                    + " N, or its line in the settings."));
                }
            } catch (CannotListen refused) {
                return Optional.of(Health.problem(
                        String.valueOf(refused.getMessage()),
                        "The hub cannot start.",
                        "Choose another port: " + port.getValue() + " N"));
            }
        }
        String free = sorted.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return ports.isEmpty() ? Optional.empty() : Optional.of(Health.ok("Free for the hub: " + free + "."));
    }

    private static boolean isOwn(int port, Path configuration) {
        return PortHolder.of(port)
                .flatMap(holder -> Linux.HERE.text("proc/" + holder.pid() + "/cmdline"))
                .filter(line ->
                        line.contains(configuration.toAbsolutePath().normalize().toString()))
                .isPresent();
    }
}
