package org.caravanhub.reading;

import org.caravanhub.message.Message;

/** Caravan's own devices on {@code caravan/{device}/telemetry}. Every case: {@code docs/reference/topics/caravan.md}. */
public final class CaravanTelemetryDecoder extends ReadingsDecoder {
    private static final String SHAPE = "caravan/{device}/telemetry";

    @Override
    String topicOf(Message message, String device) {
        return message.topic();
    }

    @Override
    String deviceOf(String topic) {
        return Topics.idOrEmpty(topic, 1);
    }

    @Override
    Source sourceOf(String topic) {
        Topics.mustBe(SHAPE, topic);
        return Source.of(Topics.id(topic, 1, "device"), "caravan");
    }
}
