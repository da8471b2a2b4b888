package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.caravanhub.http.Json;
import org.caravanhub.http.Moment;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.job.Job;
import org.jspecify.annotations.Nullable;

/** How jobs are written. */
final class JobJson {
    private JobJson() {}

    static byte[] of(Job job) {
        return Json.of(json -> write(json, job));
    }

    static void write(JsonGenerator json, Job job) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", job.id());
        json.writeStringField("kind", job.kind());
        json.writeStringField("subject", job.subject().isEmpty() ? null : job.subject());
        json.writeStringField("state", job.state().name().toLowerCase(Locale.ROOT));
        json.writeStringField("stage", job.stage().isEmpty() ? null : job.stage());
        json.writeNumberField("done_bytes", job.done());
        json.writeNumberField("total_bytes", job.total());
        json.writeFieldName("percent");
        if (job.total() > 0) {
            json.writeNumber(Math.min(100, 100 * job.done() / job.total()));
        } else {
            json.writeNull();
        }
        json.writeStringField("started_at", Moment.text(job.startedAt()));
        json.writeStringField("ended_at", job.endedAt().map(Moment::text).orElse(null));
        json.writeFieldName("result");
        writeValue(json, job.state() == Job.State.DONE ? job.result() : null);
        json.writeFieldName("problem");
        if (job.failure().isPresent()) {
            write(json, job.failure().get());
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Job.Failure failure) throws IOException {
        ProblemCode code = ProblemCode.valueOf(failure.code().toUpperCase(Locale.ROOT));
        json.writeStartObject();
        json.writeStringField("type", "/docs/errors/" + code.word());
        json.writeStringField("title", code.title());
        json.writeNumberField("status", code.status());
        json.writeStringField("detail", failure.detail());
        json.writeStringField("code", code.word());
        json.writeEndObject();
    }

    /** A value of the kinds that results are made of. */
    static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> members) {
            json.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                json.writeFieldName(String.valueOf(member.getKey()));
                writeValue(json, member.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                writeValue(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Instant moment) {
            json.writeString(Moment.text(moment));
        } else {
            json.writeString(value.toString());
        }
    }
}
