package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.caravanhub.flow.Rejected;
import org.caravanhub.flow.watch.FlowBoard;
import org.caravanhub.flow.watch.FlowView;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.http.ReadingJson;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Configuration;
import org.caravanhub.reading.Event;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Status;
import org.caravanhub.reading.Understood;
import org.caravanhub.rehearsal.FlowRehearsal;
import org.caravanhub.rehearsal.Rehearsal;

/** {@code test-flow}: what would come of a message. */
public final class FlowTestApi {
    private static final String NEW_FILE = "test/%s.camel.yaml";

    private final FlowBoard board;
    private final FlowRehearsal rehearsal;
    private final Clock clock;

    /** Answers from these. */
    public FlowTestApi(FlowBoard board, FlowRehearsal rehearsal, Clock clock) {
        this.board = board;
        this.rehearsal = rehearsal;
        this.clock = clock;
    }

    /** Each step's result, and what would be kept. */
    public Answer test(Question question) {
        String id = question.word("id");
        FlowTrial trial = FlowTrial.read(question.body());
        Message message =
                Message.of(trial.topic(), trial.payload(), trial.receivedAt().orElseGet(clock::instant));
        Optional<FlowView> flow = board.find(id);
        Rehearsal.Result result;
        try {
            if (trial.file().isPresent()) {
                String path =
                        flow.map(FlowView::file).filter(file -> !file.isEmpty()).orElse(NEW_FILE.formatted(id));
                byte[] text = trial.file().get().getBytes(StandardCharsets.UTF_8);
                result = rehearsal.of(id, message, path, text);
            } else if (flow.isEmpty()) {
                throw Problem.notFound("flow", id);
            } else {
                result = rehearsal.of(id, message);
            }
        } catch (Rejected e) {
            throw FlowFileApi.rejected(e);
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                    ProblemCode.NOT_TRIED,
                    "The flow " + id + " cannot be tried: " + String.valueOf(e.getMessage()) + ".");
        }
        return Answer.json(json -> write(json, result));
    }

    private static void write(JsonGenerator json, Rehearsal.Result result) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("passes", result.passes());
        json.writeStringField("failure", result.failure().orElse(null));
        json.writeArrayFieldStart("steps");
        for (Rehearsal.Step step : result.steps()) {
            json.writeStartObject();
            json.writeStringField("id", step.id());
            json.writeNumberField("line", step.line());
            json.writeStringField("label", step.label());
            json.writeStringField("body", step.body());
            json.writeStringField("instead", step.instead().orElse(null));
            json.writeStringField("error", step.error().orElse(null));
            json.writeNumberField("took_us", step.nanos() / 1000);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("kept");
        for (Outcome outcome : result.kept()) {
            write(json, outcome);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Outcome outcome) throws IOException {
        json.writeStartObject();
        if (outcome instanceof Malformed malformed) {
            json.writeStringField("table", "quarantine");
            json.writeStringField("topic", malformed.message().topic());
            json.writeStringField("device", malformed.device());
            json.writeStringField("cause", malformed.cause().word());
            json.writeStringField("reason", malformed.reason());
        } else if (outcome instanceof Reading reading) {
            json.writeStringField("table", "reading");
            ReadingJson.writeFields(json, reading);
        } else if (outcome instanceof Understood understood) {
            json.writeStringField("table", table(understood));
            json.writeStringField("device", understood.source().device());
            json.writeStringField("received_at", Moment.text(understood.receivedAt()));
            json.writeFieldName("details");
            json.writeRawValue(new String(understood.json(), StandardCharsets.UTF_8));
        }
        json.writeEndObject();
    }

    private static String table(Understood understood) {
        if (understood instanceof Event) {
            return "event";
        }
        return understood instanceof Status ? "status" : understood instanceof Configuration ? "configuration" : "";
    }
}
