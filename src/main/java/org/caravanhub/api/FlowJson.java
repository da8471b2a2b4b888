package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.flow.watch.Edge;
import org.caravanhub.flow.watch.FlowFigures;
import org.caravanhub.flow.watch.FlowView;
import org.caravanhub.flow.watch.Node;
import org.caravanhub.flow.watch.Picture;
import org.caravanhub.flow.watch.StepFigures;
import org.caravanhub.flow.watch.Trace;
import org.caravanhub.flow.watch.TracedStep;
import org.caravanhub.flow.watch.Trouble;
import org.caravanhub.http.Moment;
import org.jspecify.annotations.Nullable;

/** A flow as the API writes it: schemas {@code Flow}, {@code FlowDetail} and {@code Trace} of {@code openapi.yaml}. */
final class FlowJson {
    private FlowJson() {}

    /** Writes its members into an object that is open. */
    static void writeFields(JsonGenerator json, FlowView flow) throws IOException {
        json.writeStringField("id", flow.id());
        json.writeStringField("state", flow.state().word());
        json.writeStringField("description", flow.description());
        json.writeStringField("group", flow.group());
        json.writeStringField("file", flow.file());
        json.writeNumberField("line", flow.line());
        json.writeStringField("begins", flow.begins());
        json.writeStringField("problem", flow.problem().orElse(null));
        json.writeFieldName("trouble");
        write(json, flow.trouble(), flow);
        Optional<FlowFigures> figures = flow.figures();
        json.writeStringField("since", moment(figures.map(FlowFigures::since)));
        json.writeStringField("last_at", moment(figures.flatMap(FlowFigures::lastAt)));
        json.writeNumberField("exchanges", figures.map(FlowFigures::exchanges).orElse(0L));
        json.writeNumberField("messages", figures.map(FlowFigures::messages).orElse(0L));
        json.writeNumberField("failed", figures.map(FlowFigures::failed).orElse(0L));
        json.writeNumberField("in_flight", figures.map(FlowFigures::inFlight).orElse(0L));
        json.writeNumberField(
                "messages_per_minute",
                figures.map(FlowFigures::messagesPerMinute).orElse(0L));
        json.writeNumberField(
                "failed_in_5_minutes",
                figures.map(FlowFigures::failedIn5Minutes).orElse(0L));
    }

    /** Writes how it is built, with the figures of each step. */
    static void writePicture(JsonGenerator json, FlowView flow, Optional<Picture> picture) throws IOException {
        json.writeStringField("policy", picture.flatMap(Picture::policy).orElse(null));
        json.writeArrayFieldStart("nodes");
        for (Node node : picture.map(Picture::nodes).orElse(List.of())) {
            write(json, node, flow);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("edges");
        for (Edge edge : picture.map(Picture::edges).orElse(List.of())) {
            json.writeStartObject();
            json.writeStringField("from", edge.from());
            json.writeStringField("to", edge.to());
            json.writeStringField("kind", edge.kind());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Node node, FlowView flow) throws IOException {
        Optional<StepFigures> figures = flow.figures().map(all -> all.step(node.id()));
        json.writeStartObject();
        json.writeStringField("id", node.id());
        json.writeStringField("kind", node.kind());
        json.writeStringField("label", node.label());
        json.writeStringField("description", node.description());
        json.writeNumberField("line", node.line());
        json.writeStringField("parent", node.parent());
        json.writeNumberField("level", node.level());
        json.writeNumberField("exchanges", figures.map(StepFigures::exchanges).orElse(0L));
        json.writeNumberField("messages", figures.map(StepFigures::messages).orElse(0L));
        json.writeNumberField("failed", figures.map(StepFigures::failed).orElse(0L));
        json.writeNumberField("waiting", figures.map(StepFigures::waiting).orElse(0L));
        json.writeNumberField("total_us", figures.map(StepFigures::totalNanos).orElse(0L) / 1000);
        json.writeNumberField("mean_us", figures.map(StepFigures::meanNanos).orElse(0L) / 1000);
        json.writeFieldName("last_error");
        write(json, figures.flatMap(StepFigures::last), flow);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Optional<Trouble> trouble, FlowView flow) throws IOException {
        if (trouble.isEmpty()) {
            json.writeNull();
            return;
        }
        Trouble told = trouble.get();
        json.writeStartObject();
        json.writeStringField("step", told.step());
        json.writeStringField("place", flow.place(told.line()));
        json.writeBooleanField("hangs", told.hangs());
        json.writeStringField("at", Moment.text(told.at()));
        json.writeStringField("text", told.text());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Trace trace) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", trace.id());
        json.writeStringField("flow", trace.flow());
        json.writeBooleanField("over", trace.isOver());
        json.writeNumberField("next", trace.next());
        json.writeArrayFieldStart("steps");
        for (TracedStep step : trace.steps()) {
            json.writeStartObject();
            json.writeNumberField("message", step.message());
            json.writeStringField("step", step.step());
            json.writeNumberField("line", step.line());
            json.writeStringField("at", Moment.text(step.at()));
            json.writeNumberField("took_us", step.nanos() / 1000);
            json.writeStringField("body_before", step.bodyBefore());
            json.writeStringField("body_after", step.bodyAfter().orElse(null));
            json.writeObjectFieldStart("headers");
            for (Map.Entry<String, String> header : step.headers().entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            json.writeStringField("error", step.error().orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static @Nullable String moment(Optional<Instant> moment) {
        return moment.map(Moment::text).orElse(null);
    }
}
