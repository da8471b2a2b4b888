package org.caravanhub.reading;

import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/**
 * Paku's first devices on {@code paku/ruuvi/{location}}: a flat object, each member a metric except {@code sensor_id},
 * {@code timestamp} and {@code mac}. The device is the sensor's id; the location, if the payload has no valid one. Every case:
 * {@code docs/reference/topics/paku.md}.
 */
public final class PakuRuuviDecoder extends JsonDecoder {
    private static final String SHAPE = "paku/ruuvi/{location}";

    @Override
    void read(Message message, JsonReader json, List<Outcome> outcomes) {
        Voice voice = voice(message.topic());
        Source last = voice.source();
        json.open(message.payload(), 0, message.payload().length);
        enterObject(json);
        String sensor = "";
        String mac = "";
        long time = DeviceTime.NONE;
        MetricsReader metrics = new MetricsReader();
        while (json.nextMember()) {
            if (json.nameIs("sensor_id")) {
                sensor = readId(json, last.device());
            } else if (json.nameIs("timestamp")) {
                time = DeviceTime.read(json);
            } else if (json.nameIs("mac")) {
                mac = Locations.read(json, "mac", last.mac());
            } else {
                metrics.takeMember(json);
            }
        }
        json.close();
        String device = DeviceId.isValid(sensor) ? sensor : last.location();
        if (!DeviceId.isValid(device)) {
            throw new Flaw(
                    Cause.BAD_ID,
                    "neither sensor_id " + Quoted.of(sensor) + " nor the topic's location " + Quoted.of(device)
                            + " can be a device's id; allowed are " + DeviceId.RULE);
        }
        Source source = voice.source(device, last.location(), mac);
        outcomes.add(reading(message, voice, source, time, metrics.taken(json)));
    }

    /** An id that is no text is as good as none. */
    private static String readId(JsonReader json, String likely) {
        if (json.peek() != '"') {
            json.skipValue();
            return "";
        }
        return json.readText("sensor_id", likely);
    }

    @Override
    String expected() {
        return "{\"sensor_id\":\"…\",\"timestamp\":\"2025-12-01T20:00:00Z\",\"temperature_c\":21.4}";
    }

    @Override
    String deviceOf(String topic) {
        return Topics.idOrEmpty(topic, 2);
    }

    @Override
    Source sourceOf(String topic) {
        Topics.mustBe(SHAPE, topic);
        String location = Topics.segment(topic, 2);
        return new Source(location, "paku", "paku", "sensors", "", location, "");
    }
}
