package org.caravanhub.api;

import org.caravanhub.broker.EmbeddedBroker;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** Whether the broker that the hub brings along runs. */
public final class BrokerHealth implements HealthCheck {
    private final EmbeddedBroker broker;

    public BrokerHealth(EmbeddedBroker broker) {
        this.broker = broker;
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public Health check() {
        EmbeddedBroker.State state = broker.state();
        EmbeddedBroker.Description what = broker.describe();
        String name = what.kind() + " " + what.version();
        if (state.runningSince().isEmpty()) {
            return Health.problem(
                    "The broker " + name + " does not run: " + state.lastExit().orElse("it is being started"),
                    "Devices cannot connect.",
                    "It is started again by itself; if that goes on, the log names the reason.");
        }
        String since = name + " runs since " + state.runningSince().get();
        return state.restarts() == 0
                ? Health.ok(since + ".")
                : Health.ok(since + "; started again " + state.restarts() + " times.");
    }
}
