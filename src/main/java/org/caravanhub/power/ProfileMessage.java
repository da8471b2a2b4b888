package org.caravanhub.power;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;

/** Writes what devices are told of a profile. What a device does not know in it, it leaves out; what is known there keeps its name and meaning. */
public final class ProfileMessage {
    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * As JSON; empty if the hub goes by no charge, which makes the broker forget what it kept.
     *
     * @param savingSeconds how far apart the reports of a device should be at least while saving
     * @param floorSeconds the same at the floor
     */
    public String write(PowerState state, int savingSeconds, int floorSeconds) {
        if (state.device().isEmpty()) {
            return "";
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            writeFields(json, state);
            json.writeObjectFieldStart("advice");
            switch (state.profile()) {
                case NORMAL -> {
                    // As its owner wants it.
                }
                case SAVING -> json.writeNumberField("report_every_s", savingSeconds);
                case FLOOR -> json.writeNumberField("report_every_s", floorSeconds);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The same without advice, and with why: for pages. */
    public static byte[] event(PowerState state) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            writeFields(json, state);
            json.writeStringField("why", state.why());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void writeFields(JsonGenerator json, PowerState state) throws IOException {
        json.writeStringField("profile", state.profile().word());
        if (state.percent().isPresent()) {
            json.writeNumberField("charge_percent", Math.round(state.percent().getAsDouble()));
        } else {
            json.writeNullField("charge_percent");
        }
        json.writeStringField("station", state.device());
        if (state.since().isPresent()) {
            json.writeStringField(
                    "since", state.since().get().truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }
}
