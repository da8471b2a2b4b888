package org.caravanhub.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravanhub.flow.FlowState;
import org.caravanhub.flow.watch.FlowBoard;
import org.caravanhub.flow.watch.FlowFigures;
import org.caravanhub.flow.watch.FlowView;
import org.caravanhub.flow.watch.Trouble;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;
import org.caravanhub.http.Json;

/** Whether flows fail or hang, and what passes each of them. */
public final class FailingFlows implements HealthCheck, MetricSource {
    private static final int MOST_NAMED = 5;

    private final FlowBoard board;

    /** Asks this board. */
    public FailingFlows(FlowBoard board) {
        this.board = board;
    }

    @Override
    public String name() {
        return "flow-steps";
    }

    @Override
    public Health check() {
        List<String> failing = board.failing();
        if (failing.isEmpty()) {
            return Health.ok("No flow failed in the last five minutes.");
        }
        String named = failing.stream()
                .limit(MOST_NAMED)
                .flatMap(id -> board.find(id).stream())
                .map(FailingFlows::describe)
                .collect(Collectors.joining("; "));
        return Health.warning(
                failing.size() + (failing.size() == 1 ? " flow is" : " flows are") + " failing: " + named,
                "What a flow fails on is in quarantine, and can be replayed when the flow is mended; what waits for one that hangs"
                        + " waits at the broker. The other flows run.",
                "caravan flow show " + failing.get(0));
    }

    /** The event {@code flow} about a flow that begins to fail, or does not any more. */
    public static byte[] event(String flow, Optional<Trouble> trouble) {
        return Json.of(json -> {
            json.writeStartObject();
            json.writeStringField("what", trouble.isPresent() ? "failing" : "recovered");
            json.writeStringField("flow", flow);
            json.writeStringField("step", trouble.map(Trouble::step).orElse(""));
            json.writeNumberField("line", trouble.map(Trouble::line).orElse(0));
            json.writeStringField("text", trouble.map(Trouble::text).orElse(""));
            json.writeEndObject();
        });
    }

    private static String describe(FlowView flow) {
        Optional<Trouble> trouble = flow.trouble();
        return flow.id()
                + trouble.map(told -> ", step " + told.step() + " at " + flow.place(told.line())
                                + (told.hangs() ? " hangs " : " failed: ") + told.text())
                        .orElse("");
    }

    @Override
    public void expose(Exposition exposition) {
        for (FlowView flow : board.list()) {
            String[] labels = {"flow", flow.id()};
            Optional<FlowFigures> figures = flow.figures();
            exposition.counter(
                    "caravan_flow_exchanges_total",
                    "How often the flow began, since it was started or changed.",
                    figures.map(FlowFigures::exchanges).orElse(0L),
                    labels);
            exposition.counter(
                    "caravan_flow_messages_total",
                    "Messages that came into the flow, since it was started or changed.",
                    figures.map(FlowFigures::messages).orElse(0L),
                    labels);
            exposition.counter(
                    "caravan_flow_failed_total",
                    "How often a step of the flow failed, since it was started or changed.",
                    figures.map(FlowFigures::failed).orElse(0L),
                    labels);
            exposition.gauge(
                    "caravan_flow_in_flight",
                    "How many are in the flow now.",
                    figures.map(FlowFigures::inFlight).orElse(0L),
                    labels);
            for (FlowState state : FlowState.values()) {
                exposition.gauge(
                        "caravan_flow_state",
                        "1 for the state that the flow is in.",
                        flow.state() == state ? 1 : 0,
                        "flow",
                        flow.id(),
                        "state",
                        state.word());
            }
        }
    }
}
