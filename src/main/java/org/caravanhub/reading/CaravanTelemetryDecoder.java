package org.caravanhub.reading;

import org.caravanhub.message.Message;

/**
 * Caravan's own devices on {@code caravan/{device}/telemetry}, and whose topic alone tells who they are elsewhere. Every case: {@code
 * docs/reference/topics/caravan.md}.
 */
public final class CaravanTelemetryDecoder extends ReadingsDecoder {
    private final TopicShape shape;

    /** Of Caravan's own devices. */
    public CaravanTelemetryDecoder() {
        this(TopicShape.of("caravan", "caravan/{device}/telemetry"));
    }

    /** Of devices that say the same on another topic. */
    CaravanTelemetryDecoder(TopicShape shape) {
        this.shape = shape;
    }

    @Override
    String topicOf(Message message, String device) {
        return message.topic();
    }

    @Override
    String deviceOf(String topic) {
        return shape.device(topic);
    }

    @Override
    Source sourceOf(String topic) {
        return shape.source(topic);
    }
}
