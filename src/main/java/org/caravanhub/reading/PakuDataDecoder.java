package org.caravanhub.reading;

import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;

/**
 * Paku's sensors, heaters, batteries and pumps on {@code {site}/{system}/{device}/data}: a metrics object and an ISO time. The
 * topic says whose it is; the payload's {@code device_id} must be there and is not looked at. Every case:
 * {@code docs/reference/topics/paku.md}.
 */
public final class PakuDataDecoder extends JsonDecoder {
    private static final String SHAPE = "{site}/{system}/{device}/data";

    @Override
    void read(Message message, JsonReader json, List<Outcome> outcomes) {
        Voice voice = voice(message.topic());
        Source last = voice.source();
        json.open(message.payload(), 0, message.payload().length);
        enterObject(json);
        boolean hasDevice = false;
        long time = DeviceTime.NONE;
        String location = "";
        String mac = "";
        Metrics metrics = null;
        while (json.nextMember()) {
            if (json.nameIs("metrics")) {
                metrics = MetricsReader.readObject(json, "metrics");
            } else if (json.nameIs("timestamp")) {
                time = DeviceTime.read(json);
            } else if (json.nameIs("location")) {
                location = Locations.read(json, "location", last.location());
            } else if (json.nameIs("mac")) {
                mac = Locations.read(json, "mac", last.mac());
            } else {
                hasDevice |= json.nameIs("device_id");
                json.skipValue();
            }
        }
        json.close();
        if (metrics == null) {
            throw new Flaw(Cause.MISSING_FIELD, "metrics is missing; expected " + expected());
        }
        if (!hasDevice) {
            throw new Flaw(Cause.MISSING_FIELD, "device_id is missing; expected " + expected());
        }
        outcomes.add(reading(message, voice, voice.source(last.device(), location, mac), time, metrics));
    }

    @Override
    String expected() {
        return "{\"timestamp\":\"2025-12-01T20:00:00Z\",\"device_id\":\"…\",\"metrics\":{\"temperature_c\":21.4}}";
    }

    @Override
    String deviceOf(String topic) {
        return Topics.idOrEmpty(topic, 2);
    }

    @Override
    Source sourceOf(String topic) {
        Topics.mustBe(SHAPE, topic);
        String site = Topics.id(topic, 0, "site");
        String system = Topics.id(topic, 1, "system");
        return new Source(Topics.id(topic, 2, "device"), "paku", site, system, "", "", "");
    }
}
