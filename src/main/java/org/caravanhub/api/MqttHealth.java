package org.caravanhub.api;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;
import org.caravanhub.mqtt.ConsumerState;

/** Whether the flows hear their devices: a consumer that is connected and moves nothing is not healthy. */
public final class MqttHealth implements HealthCheck, MetricSource {
    private final Supplier<List<ConsumerState>> consumers;
    private final Predicate<String> isShipped;

    /**
     * A check of these consumers.
     *
     * @param consumers how each {@code mqtt:} consumer is: {@code mqttComponent::states}
     * @param isShipped whether the hub came with the flow of this id: one of its owner's own is no reason to call the hub broken
     */
    public MqttHealth(Supplier<List<ConsumerState>> consumers, Predicate<String> isShipped) {
        this.consumers = consumers;
        this.isShipped = isShipped;
    }

    @Override
    public String name() {
        return "mqtt";
    }

    @Override
    public Health check() {
        List<ConsumerState> all = consumers.get();
        return all.stream()
                .filter(consumer -> !consumer.isHealthy())
                .map(consumer -> isShipped.test(consumer.flow()) ? unhealthy(consumer) : warning(consumer))
                .max(Comparator.comparing(Health::state))
                .orElseGet(() -> Health.ok(all.size() + " flows listen."));
    }

    private static Health warning(ConsumerState consumer) {
        Health found = unhealthy(consumer);
        return Health.warning(found.what(), found.why(), found.fix());
    }

    private static Health unhealthy(ConsumerState consumer) {
        String flow = "Flow " + consumer.flow();
        if (!consumer.connected()) {
            return Health.problem(
                    flow + " is not connected to " + consumer.broker() + " since " + consumer.since() + ": "
                            + consumer.reason(),
                    "What devices say waits in the broker, if it runs.",
                    "See that the broker runs, and that caravan.mqtt.url, user and password are right.");
        }
        if (!consumer.refused().isEmpty()) {
            return Health.problem(
                    flow + " may not listen to " + String.join(", ", consumer.refused()) + ".",
                    "The broker's access control refuses the hub.",
                    "Let the hub's user read these topics.");
        }
        if (consumer.stalledSince().isPresent()) {
            return Health.problem(
                    flow + " has " + consumer.pending() + " messages in hand and has settled none since "
                            + consumer.stalledSince().get() + ".",
                    "A step of the flow waits, or the database does.",
                    "Look at the check `database`, then at the steps of " + consumer.flow() + ".");
        }
        return Health.warning(flow + " waits for the broker to confirm its topics.", "It has just connected.", "");
    }

    @Override
    public void expose(Exposition exposition) {
        for (ConsumerState consumer : consumers.get()) {
            String flow = consumer.flow();
            exposition.gauge(
                    "caravan_mqtt_connected", "1 while connected.", consumer.connected() ? 1 : 0, "flow", flow);
            exposition.gauge("caravan_mqtt_pending", "Messages in hand.", consumer.pending(), "flow", flow);
            exposition.counter(
                    "caravan_mqtt_messages_total",
                    "Messages since the start, repeats included.",
                    consumer.received(),
                    "flow",
                    flow);
            exposition.counter(
                    "caravan_mqtt_reconnects_total", "Connections made again.", consumer.reconnects(), "flow", flow);
            exposition.counter(
                    "caravan_mqtt_sessions_lost_total",
                    "How often the broker had forgotten the flow's session.",
                    consumer.sessionsLost(),
                    "flow",
                    flow);
        }
    }
}
