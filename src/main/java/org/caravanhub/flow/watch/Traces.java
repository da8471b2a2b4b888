package org.caravanhub.flow.watch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.caravanhub.exchange.Shown;

/**
 * Who traces which flow: four flows at once, one trace each, and the newest takes the place of an older one. A trace is kept until
 * others need its place. Safe for several threads.
 */
public final class Traces {
    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_KEPT = 8;

    private final FlowWatch watch;
    private final Shown shown;
    private final Map<String, Tracer> tracers = new LinkedHashMap<>();

    /** @param shown how bodies and headers are shown */
    public Traces(FlowWatch watch, Shown shown) {
        this.watch = watch;
        this.shown = shown;
    }

    /**
     * Traces the next messages of a flow.
     *
     * @param messages how many, from 1 to 100
     * @return its id; empty if too many are traced already
     * @throws IllegalArgumentException if there is no such flow
     */
    public synchronized Optional<String> begin(String flow, int messages) {
        tracers.values().stream().filter(Tracer::isOver).forEach(this::end);
        tracers.values().removeIf(tracer -> tracer.flow.equals(flow));
        if (tracers.values().stream().filter(tracer -> !tracer.isOver()).count() >= MOST_AT_ONCE) {
            return Optional.empty();
        }
        String id = UUID.randomUUID().toString();
        Tracer tracer = new Tracer(id, flow, messages, shown);
        if (!watch.traceWith(flow, tracer)) {
            throw new IllegalArgumentException("there is no such flow");
        }
        tracers.put(id, tracer);
        if (tracers.size() > MOST_KEPT) {
            String oldest = tracers.keySet().iterator().next();
            Tracer dropped = tracers.remove(oldest);
            if (dropped != null) {
                end(dropped);
            }
        }
        return Optional.of(id);
    }

    /**
     * What a trace has noted.
     *
     * @param after how many steps are known already
     */
    public synchronized Optional<Trace> show(String id, int after) {
        Tracer tracer = tracers.get(id);
        if (tracer == null) {
            return Optional.empty();
        }
        boolean isOver = tracer.isOver();
        List<TracedStep> steps = tracer.after(after);
        if (isOver) {
            end(tracer);
        }
        return Optional.of(new Trace(id, tracer.flow, steps, after + steps.size(), isOver));
    }

    /** Ends a trace before its time; nothing happens if it is over. */
    public synchronized void end(String id) {
        Optional.ofNullable(tracers.remove(id)).ifPresent(this::end);
    }

    private void end(Tracer tracer) {
        if (watch.tracer(tracer.flow).filter(tracer::equals).isPresent()) {
            watch.traceWith(tracer.flow, null);
        }
    }
}
