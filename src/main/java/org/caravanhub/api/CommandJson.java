package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.command.Command;
import org.caravanhub.http.Json;
import org.caravanhub.http.Moment;

/** A command as the API and the stream of events write it: schema {@code Command} of {@code openapi.yaml}. */
final class CommandJson {
    private CommandJson() {}

    /** The bytes of one. */
    static byte[] of(Command command) {
        return Json.of(json -> write(json, command));
    }

    static void write(JsonGenerator json, Command command) throws IOException {
        Command.Order order = command.order();
        Command.Progress progress = command.progress();
        json.writeStartObject();
        json.writeStringField("id", order.id());
        json.writeStringField("device", order.device());
        json.writeStringField("name", order.name());
        json.writeFieldName("parameters");
        json.writeRawValue(order.parameters());
        json.writeStringField("state", progress.state().word());
        json.writeStringField("reason", progress.reason());
        json.writeBooleanField("acknowledged", order.way().isAcknowledged());
        json.writeStringField("topic", order.topic());
        json.writeNumberField("attempts", progress.attempts());
        json.writeStringField("created_by", order.createdBy());
        json.writeStringField("created_at", Moment.text(progress.createdAt()));
        json.writeStringField("expires_at", Moment.text(progress.expiresAt()));
        write(json, "sent_at", progress.sentAt());
        write(json, "delivered_at", progress.deliveredAt());
        write(json, "finished_at", progress.finishedAt());
        json.writeFieldName("answer");
        if (progress.answer().isEmpty()) {
            json.writeNull();
        } else {
            json.writeRawValue(progress.answer());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Optional<Instant> moment) throws IOException {
        json.writeStringField(name, moment.map(Moment::text).orElse(null));
    }
}
