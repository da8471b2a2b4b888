package org.caravanhub.reading;

/** A decoder of messages on topics of one form, which says whose they are. */
abstract class ShapedDecoder extends JsonDecoder {
    private final TopicShape shape;

    ShapedDecoder(TopicShape shape) {
        this.shape = shape;
    }

    final TopicShape shape() {
        return shape;
    }

    @Override
    final String deviceOf(String topic) {
        return shape.device(topic);
    }

    @Override
    final Source sourceOf(String topic) {
        return shape.source(topic);
    }
}
