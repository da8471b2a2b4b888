package org.caravanhub.reading;

import org.caravanhub.message.Message;

/** Paku's devices on {@code paku/{device}/telemetry}: the same payload as Caravan's own. Every case: {@code docs/reference/topics/paku.md}. */
final class PakuTelemetryDecoder extends ReadingsDecoder {
    static final String SHAPE = "paku/{device}/telemetry";

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
        return Source.of(Topics.id(topic, 1, "device"), "paku");
    }
}
