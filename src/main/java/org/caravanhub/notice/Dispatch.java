package org.caravanhub.notice;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A notice on its way to the owner.
 *
 * @param id what a receiver may know a repeat by; the same however often it is sent
 * @param state what it says of what it is about
 * @param notice what is told; its priority says how loudly
 * @param severity how bad what it is about is, or was
 * @param since when that began
 * @param count how often it was said
 */
public record Dispatch(String id, State state, Notice notice, Priority severity, Instant since, long count) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** What is said of it. The words are part of the API. */
    public enum State {
        OPEN,
        RESOLVED,
        /** Several, of which some may be over: what could not be told when it was new. */
        SUMMARY,
        TEST;

        /** The word: {@code resolved}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One with an id of its own. */
    public static Dispatch of(State state, Notice notice, Priority severity, Instant since, long count) {
        return new Dispatch(UUID.randomUUID().toString(), state, notice, severity, since, count);
    }

    /** What it is about: the same for all that is told of one name and device. */
    public String about() {
        return notice.name() + " " + notice.device();
    }

    /** The same with other words. */
    public Dispatch saying(String text) {
        Notice said = new Notice(
                notice.name(), notice.flow(), notice.title(), text, notice.priority(), notice.device(), notice.time());
        return new Dispatch(id, state, said, severity, since, count);
    }

    /** It as text, to be kept. */
    public String text() {
        return new String(json(), StandardCharsets.UTF_8);
    }

    /** What {@link #text} wrote. */
    public static Dispatch read(String text) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                fields.put(name, json.getText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a dispatch is not what was written", e);
        }
        Function<String, String> field = name -> fields.getOrDefault(name, "");
        Notice notice = new Notice(
                field.apply("name"),
                field.apply("flow"),
                field.apply("title"),
                field.apply("text"),
                Priority.of(field.apply("priority")),
                field.apply("device"),
                Instant.parse(field.apply("time")));
        return new Dispatch(
                field.apply("id"),
                State.valueOf(field.apply("state").toUpperCase(Locale.ROOT)),
                notice,
                Priority.of(field.apply("severity")),
                Instant.parse(field.apply("since")),
                Long.parseLong(field.apply("count")));
    }

    /** It as JSON, as it is told at once. */
    public byte[] json() {
        return json(Duration.ZERO);
    }

    /**
     * It as JSON: {@code {"name":..., "flow":..., "title":..., "text":..., "priority":..., "device":..., "time":..., "id":..., "state":...,
     * "severity":..., "since":..., "count":..., "late_ms":...}}.
     *
     * @param late how long ago it should have been told
     */
    public byte[] json(Duration late) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            notice.writeFields(json);
            json.writeStringField("id", id);
            json.writeStringField("state", state.word());
            json.writeStringField("severity", severity.word());
            json.writeStringField("since", since.truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeNumberField("count", count);
            json.writeNumberField("late_ms", late.toMillis());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written", e);
        }
        return bytes.toByteArray();
    }
}
