package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;
import org.caravanhub.store.QuarantineQueries;
import org.caravanhub.store.Quarantined;

/** {@code list-quarantine} and {@code show-quarantined}. */
public final class QuarantineApi {
    private final QuarantineQueries quarantine;
    private final Function<String, Optional<String>> place;

    /**
     * Answers from these queries.
     *
     * @param place file and line of a step
     */
    public QuarantineApi(QuarantineQueries quarantine, Function<String, Optional<String>> place) {
        this.quarantine = quarantine;
        this.place = place;
    }

    /** A page of what is in quarantine, newest first, without the payloads. */
    public Answer list(Question question) {
        int limit = (int) question.number("limit");
        Cursor cursor = Cursor.of(question, 1);
        long before = cursor.isPresent() ? cursor.number(0) : Long.MAX_VALUE;
        List<Quarantined> page = quarantine.page(question.text("device"), question.text("cause"), before, limit + 1);
        return Page.answer(page, limit, message -> Cursor.after(message.id()), (json, message) -> {
            json.writeStartObject();
            writeFields(json, message);
            json.writeEndObject();
        });
    }

    /** One message with its bytes. */
    public Answer show(Question question) {
        long id = question.number("id");
        QuarantineQueries.Found found = quarantine
                .find(id)
                .orElseThrow(() -> Problem.notFound("message in quarantine with the number", Long.toString(id)));
        return Answer.json(json -> {
                    json.writeStartObject();
                    writeFields(json, found.about());
                    json.writeStringField(
                            "place", place.apply(found.about().step()).orElse(null));
                    json.writeStringField("payload_text", utf8(found.payload()).orElse(null));
                    json.writeBinaryField("payload_base64", found.payload());
                    json.writeBooleanField("truncated", found.about().size() > found.payload().length);
                    json.writeEndObject();
                })
                .unlessKnown(question);
    }

    private static void writeFields(JsonGenerator json, Quarantined message) throws IOException {
        json.writeStringField("id", Long.toString(message.id()));
        json.writeStringField("received_at", Moment.text(message.receivedAt()));
        json.writeStringField("topic", message.topic());
        json.writeNumberField("size", message.size());
        json.writeStringField("device", message.device());
        json.writeStringField("cause", message.cause());
        json.writeStringField("reason", message.reason());
        json.writeStringField("flow", message.flow());
        json.writeStringField("step", message.step());
    }

    private static Optional<String> utf8(byte[] payload) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
