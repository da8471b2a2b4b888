package org.caravanhub.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravanhub.flow.watch.FlowBoard;
import org.caravanhub.flow.watch.FlowView;
import org.caravanhub.flow.watch.Trace;
import org.caravanhub.flow.watch.Traces;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;

/** {@code list-flows}, {@code show-flow}, {@code trace-flow} and {@code show-trace}. */
public final class FlowApi {
    private static final int RETRY_SECONDS = 60;

    private final FlowBoard board;
    private final Traces traces;

    /** Answers from these. */
    public FlowApi(FlowBoard board, Traces traces) {
        this.board = board;
        this.traces = traces;
    }

    /** Every flow with its state and its figures, in order of id, and how many there are of each state. */
    public Answer list(Question question) {
        Optional<String> state = question.text("state");
        Map<String, Integer> counts = new TreeMap<>();
        List<FlowView> wanted = new ArrayList<>();
        for (FlowView flow : board.list()) {
            counts.merge(flow.state().word(), 1, Integer::sum);
            if (state.isEmpty() || state.get().equals(flow.state().word())) {
                wanted.add(flow);
            }
        }
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (FlowView flow : wanted) {
                json.writeStartObject();
                FlowJson.writeFields(json, flow);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNullField("next_cursor");
            json.writeObjectFieldStart("counts");
            for (Map.Entry<String, Integer> count : counts.entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** One flow with its steps, and how they are connected. */
    public Answer show(Question question) {
        FlowView flow = find(question);
        return Answer.json(json -> {
            json.writeStartObject();
            FlowJson.writeFields(json, flow);
            FlowJson.writePicture(json, flow, board.picture(flow.id()));
            json.writeEndObject();
        });
    }

    /** Begins to trace the next messages of a flow. */
    public Answer trace(Question question) {
        FlowView flow = find(question);
        if (flow.figures().isEmpty()) {
            throw Problem.of(ProblemCode.NOT_TRIED, "No version of this flow runs, so nothing passes it.");
        }
        String id = traces.begin(flow.id(), (int) question.number("messages"))
                .orElseThrow(() -> Problem.retry(
                        ProblemCode.BUSY,
                        "Too many flows are traced already. A trace ends within a minute.",
                        RETRY_SECONDS));
        return show(traces.show(id, 0).orElseThrow());
    }

    /** What a trace has noted since it was last asked. */
    public Answer showTrace(Question question) {
        String id = question.word("id");
        return show(traces.show(id, (int) question.number("after")).orElseThrow(() -> Problem.notFound("trace", id)));
    }

    private static Answer show(Trace trace) {
        return Answer.json(json -> FlowJson.write(json, trace));
    }

    private FlowView find(Question question) {
        String id = question.word("id");
        return board.find(id).orElseThrow(() -> Problem.notFound("flow", id));
    }
}
