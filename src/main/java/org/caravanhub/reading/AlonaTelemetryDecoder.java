package org.caravanhub.reading;

import java.util.List;
import org.caravanhub.message.Message;

/**
 * Alona's nodes on {@code alona/{node}/telemetry/{sensor}}: one value a message, with its unit, in seconds since 1970. The unit
 * goes into the metric's name, see {@link MetricName}. Versions of the protocol: 1 and the one before, 0. Every case:
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
        OneValue one = new OneValue("ts");
        while (json.nextMember()) {
            if (json.nameIs("v")) {
                AlonaVersion.check(json);
                hasVersion = true;
            } else {
                one.take(json);
            }
        }
        json.close();
        if (!hasVersion) {
            throw AlonaVersion.missing(expected());
        }
        Source source = voice.source();
        Metrics metrics = one.metrics(MetricName.of(source.sensor(), one.unit()), expected());
        outcomes.add(reading(message, voice, source, one.time(), metrics));
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
