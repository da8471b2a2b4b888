package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/**
 * ESPHome's components on {@code {prefix}/{component}/{object}/state}: one plain value, named by the object. A sensor without a value
 * says {@code nan}, which is a gap. Every case: {@code docs/reference/topics/esphome.md}.
 */
final class EsphomeStateDecoder extends ShapedDecoder {
    EsphomeStateDecoder() {
        super(TopicShape.of("esphome", "{prefix}/{component}/{object}/state"));
    }

    @Override
    void read(Message message, JsonReader json, List<Outcome> outcomes) {
        Voice voice = voice(message.topic());
        Source source = voice.source();
        String value =
                switch (source.system()) {
                    case "sensor", "number" -> number(message.payload());
                    case "binary_sensor", "switch", "fan" -> truth(text(message.payload()));
                    case "light" -> object(message.payload(), json);
                    default -> JsonText.quoted(text(message.payload()));
                };
        byte[] metrics = ("{\"" + source.sensor() + "\":" + value + "}").getBytes(StandardCharsets.UTF_8);
        outcomes.add(reading(message, voice, source, DeviceTime.NONE, Metrics.ofChecked(metrics)));
    }

    /** The digits as the device wrote them. */
    private static String number(byte[] payload) {
        int length = payload.length;
        if (length > 0 && length <= JsonTokens.MAX_NUMBER_CHARS && JsonNumber.end(payload, 0, length) == length) {
            boolean isFinite = !JsonNumber.hasExponent(payload, 0, length)
                    || !Double.isInfinite(JsonNumber.toDouble(payload, 0, length));
            if (isFinite) {
                return new String(payload, StandardCharsets.ISO_8859_1);
            }
        }
        if (length == 3 && new String(payload, StandardCharsets.ISO_8859_1).equalsIgnoreCase("nan")) {
            return "null";
        }
        boolean isInfinite = JsonNumber.isNotFinite(payload, 0, length);
        throw new Flaw(
                isInfinite ? Cause.NOT_FINITE : Cause.WRONG_TYPE,
                "found " + Quoted.of(payload, 0, Math.min(length, 200))
                        + "; expected a finite number, or nan for none");
    }

    private static String truth(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "ON" -> "true";
            case "OFF" -> "false";
            default -> throw new Flaw(Cause.WRONG_TYPE, "found " + Quoted.of(word) + "; expected ON or OFF");
        };
    }

    private String object(byte[] payload, JsonReader json) {
        json.open(payload, 0, payload.length);
        json.peek();
        int from = json.position();
        enterObject(json);
        while (json.nextMember()) {
            json.skipValue();
        }
        byte[] object = json.copy(from, json.position());
        json.close();
        return new String(object, StandardCharsets.UTF_8);
    }

    private static String text(byte[] payload) {
        if (payload.length > JsonTokens.MAX_STRING_BYTES) {
            throw new Flaw(Cause.TOO_LARGE, "a text longer than " + JsonTokens.MAX_STRING_BYTES + " bytes");
        }
        for (int at = 0; at < payload.length; ) {
            int next = Utf8.end(payload, at, payload.length);
            if (next == at) {
                throw new Flaw(Cause.NOT_UTF8, "byte " + (at + 1) + " is not UTF-8; expected a text in UTF-8");
            }
            at = next;
        }
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** A text sensor may say that there is nothing to say. */
    @Override
    boolean mayBeEmpty() {
        return true;
    }

    @Override
    String expected() {
        return "a plain value such as 21.4, ON or a text; a light's is an object such as {\"state\":\"ON\"}";
    }
}
