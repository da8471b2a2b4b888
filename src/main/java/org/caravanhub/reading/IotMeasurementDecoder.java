package org.caravanhub.reading;

import java.util.List;
import org.caravanhub.message.Message;

/**
 * The homelab's sensors: one value a message, its unit goes into the metric's name. A value outside the family's range is flagged.
 * Every case: {@code docs/reference/topics/iot.md}.
 */
final class IotMeasurementDecoder extends ShapedDecoder {
    IotMeasurementDecoder() {
        super(TopicShape.of("iot", "iot/{site}/{gateway}/{location}/{device}/{measurement}"));
    }

    @Override
    void read(Message message, JsonReader json, List<Outcome> outcomes) {
        Voice voice = voice(message.topic());
        json.open(message.payload(), 0, message.payload().length);
        enterObject(json);
        OneValue one = new OneValue("timestamp");
        while (json.nextMember()) {
            one.take(json);
        }
        json.close();
        Source source = voice.source();
        String name = MetricName.of(source.sensor(), one.unit());
        Reading reading = reading(message, voice, source, one.time(), one.metrics(name, expected()));
        outcomes.add(IotRange.excludes(name, one.value()) ? reading.with(Flag.OUT_OF_RANGE) : reading);
    }

    @Override
    String expected() {
        return "{\"value\":24.04,\"unit\":\"C\",\"timestamp\":\"2025-12-01T20:00:00Z\"}";
    }
}
