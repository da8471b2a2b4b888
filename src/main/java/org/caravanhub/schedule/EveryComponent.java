package org.caravanhub.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** {@code every:}: what a flow starts from that runs again and again. Each flow waits and runs on a thread of its own. */
@Component("every")
public final class EveryComponent extends DefaultComponent {
    private final List<EveryConsumer> consumers = new CopyOnWriteArrayList<>();
    private @Nullable RunMemory memory;
    private Clock clock = Clock.systemUTC();
    private Duration soon = Duration.ZERO;

    /** @param soon how long after the start those run that were missed */
    EveryComponent(RunMemory memory, Clock clock, Duration soon) {
        this.memory = memory;
        this.clock = clock;
        this.soon = soon;
    }

    /** For Camel's tooling; such a component remembers nothing. */
    public EveryComponent() {}

    /** The clock was right before, or is now: what was missed can be told anew. */
    void lookBack() {
        consumers.forEach(EveryConsumer::lookBack);
    }

    /** Runs a flow with a period already then; nothing if no such flow runs. */
    void hurry(String flow, Duration in) {
        consumers.stream()
                .filter(consumer -> flow.equals(consumer.getRouteId()))
                .forEach(consumer -> consumer.hurry(in));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String when, Map<String, Object> parameters) throws Exception {
        EveryEndpoint endpoint = new EveryEndpoint(uri, this, when);
        setProperties(endpoint, parameters);
        endpoint.check();
        return endpoint;
    }

    void add(EveryConsumer consumer) {
        consumers.add(consumer);
    }

    void remove(EveryConsumer consumer) {
        consumers.remove(consumer);
    }

    RunMemory memory() {
        return Objects.requireNonNull(memory, "every: remembers no runs");
    }

    Clock clock() {
        return clock;
    }

    Duration soon() {
        return soon;
    }
}
