package org.caravanhub.reading;

import java.util.Optional;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/**
 * What a bridge hears of a power station by Bluetooth, on {@code ecoflow/{bridge}/{serial}}: a reading of the station, the same as if the
 * cloud had told it. Which bridge it was is one of the metrics and no part of whose it is, so that all who tell of a station are one
 * voice: what two tell is not added up. Every case: {@code docs/reference/topics/ecoflow.md}.
 */
public final class EcoFlowBridgeDecoder extends ReadingsDecoder {
    /** Of what bridges say of stations. */
    static final TopicShape SHAPE = TopicShape.of("ecoflow", "ecoflow/{bridge}/{serial}");

    private static final String FAMILY = "ecoflow";
    private static final String DEVICE_PREFIX = "ecoflow-";

    /** The bridge that says something of a station on this topic; empty if it is no such topic. */
    public static Optional<String> bridge(String topic) {
        boolean isOne = SHAPE.matches(topic) && DeviceId.isValid(Topics.segment(topic, 1));
        return isOne ? Optional.of(Topics.segment(topic, 1)) : Optional.empty();
    }

    @Override
    Reading readingOf(Message message, ReadingMembers members, JsonReader json) {
        Voice voice = voice(message.topic());
        StationMetrics said = StationMetrics.of(members.metrics(json), Topics.segment(message.topic(), 1));
        Reading reading = reading(message, voice, voice.source(), members.time(), said.metrics());
        return said.isDoubtful() ? reading.with(Flag.OUT_OF_RANGE) : reading;
    }

    @Override
    String expected() {
        return "{\"soc_percent\":76,\"in_w\":120,\"out_w\":45}, or an array of such with their times";
    }

    @Override
    String topicOf(Message message, String device) {
        return message.topic();
    }

    /** The bridge: what it says wrong is to be mended there. */
    @Override
    String deviceOf(String topic) {
        return Topics.idOrEmpty(topic, 1);
    }

    @Override
    Source sourceOf(String topic) {
        Topics.mustBe(SHAPE.toString(), topic);
        Topics.id(topic, 1, "bridge");
        String serial = Topics.segment(topic, 2);
        if (serial.isEmpty() || !DeviceId.isValid(DEVICE_PREFIX + serial)) {
            throw new Flaw(
                    Cause.BAD_ID,
                    "the topic's serial is " + Quoted.of(serial) + "; " + DEVICE_PREFIX
                            + " and the serial are a device's id, and allowed are " + DeviceId.RULE);
        }
        return Source.of(DEVICE_PREFIX + serial, FAMILY);
    }
}
