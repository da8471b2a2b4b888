package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;

/**
 * Alona's nodes on {@code alona/{node}/telemetry/{sensor}}: one value a message, with its unit, in seconds since 1970. The unit
 * goes into the metric's name, see {@link AlonaUnit}. Versions of the protocol: 1 and the one before, 0. Every case:
 * {@code docs/reference/topics/alona.md}.
 */
public final class AlonaTelemetryDecoder extends JsonDecoder {
    private static final String SHAPE = "alona/{node}/telemetry/{sensor}";

    @Override
    void read(Message message, JsonReader json, List<Outcome> outcomes) {
        Voice voice = voice(message.topic());
        json.open(message.payload(), 0, message.payload().length);
        enterObject(json);
        boolean hasVersion = false;
        long time = DeviceTime.NONE;
        String unit = "";
        String value = "";
        while (json.nextMember()) {
            if (json.nameIs("v")) {
                checkVersion(json);
                hasVersion = true;
            } else if (json.nameIs("ts")) {
                time = DeviceTime.read(json);
            } else if (json.nameIs("value")) {
                value = readNumber(json);
            } else if (json.nameIs("unit")) {
                unit = json.readText("unit", "celsius");
            } else {
                json.skipValue();
            }
        }
        json.close();
        if (!hasVersion) {
            throw new Flaw(Cause.MISSING_FIELD, "v, the protocol's version, is missing; expected " + expected());
        }
        if (value.isEmpty()) {
            throw new Flaw(Cause.MISSING_FIELD, "value is missing; expected " + expected());
        }
        Source source = voice.source();
        String name = AlonaUnit.metricName(source.sensor(), unit);
        byte[] metrics = ("{\"" + name + "\":" + value + "}").getBytes(StandardCharsets.UTF_8);
        outcomes.add(reading(message, voice, source, time, Metrics.ofChecked(metrics)));
    }

    private static void checkVersion(JsonReader json) {
        byte next = json.peek();
        int position = json.position();
        json.skipValue();
        if (next != '0' && next != '1' || json.tokenTo() - json.tokenFrom() != 1) {
            boolean isNumber = next == '-' || (next >= '0' && next <= '9');
            throw json.unexpected(
                    isNumber ? Cause.UNKNOWN_VERSION : Cause.WRONG_TYPE,
                    position,
                    "v, the protocol's version, to be 1 or 0");
        }
    }

    /** The digits as the node wrote them. */
    private static String readNumber(JsonReader json) {
        byte next = json.peek();
        int position = json.position();
        json.skipValue();
        if (next != '-' && (next < '0' || next > '9')) {
            throw json.unexpected(Cause.WRONG_TYPE, position, "value to be a number");
        }
        return json.tokenText("0");
    }

    @Override
    String expected() {
        return "{\"v\":1,\"ts\":1764619200,\"sensor\":\"temperature\",\"value\":21.4,\"unit\":\"celsius\"}";
    }

    @Override
    String deviceOf(String topic) {
        return Topics.idOrEmpty(topic, 1);
    }

    @Override
    Source sourceOf(String topic) {
        Topics.mustBe(SHAPE, topic);
        return new Source(Topics.id(topic, 1, "node"), "alona", "", "", Topics.id(topic, 3, "sensor"), "", "");
    }
}
