package org.caravanhub.reading;

import java.util.ArrayList;
import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/**
 * For messages that no flow asked for: each is set aside, with the shape of topic that its own comes nearest to, so that a typing
 * error in a device's configuration is found by looking at quarantine.
 */
public final class UnknownTopicDecoder implements Decoder {
    private static final List<String> SHAPES = List.of(
            "{site}/{system}/{device}/data",
            "paku/ruuvi/{location}",
            "alona/{node}/telemetry/{sensor}",
            "caravan/{device}/telemetry",
            "{site}/{system}/{device}/status",
            "{site}/edge/{device}/config/report",
            "paku/{device}/telemetry",
            "paku/{device}/state",
            "paku/{device}/event/{name}",
            "alona/{node}/event/{type}",
            "alona/{node}/heartbeat",
            "alona/{node}/status",
            "alona/{node}/error",
            "caravan/{device}/status",
            "caravan/{device}/event/{name}",
            "caravan/{device}/config/report",
            "iot/{site}/{gateway}/{location}/{device}/{measurement}",
            "iot/{site}/{gateway}/_gateway/status",
            "{prefix}/sensor/{object}/state",
            "{prefix}/status",
            "ruuvi/{gateway}/{tag}",
            "ecoflow/{bridge}/{serial}");

    @Override
    public List<Outcome> decode(List<Message> messages) {
        List<Outcome> outcomes = new ArrayList<>(messages.size());
        for (Message message : messages) {
            outcomes.add(unknown(message));
        }
        return outcomes;
    }

    @Override
    public List<Outcome> decodeOne(Message message) {
        return List.of(unknown(message));
    }

    private static Malformed unknown(Message message) {
        String reason = "no flow reads the topic " + Quoted.of(message.topic()) + "; the nearest known shape is "
                + nearest(message.topic());
        return new Malformed(message, "", Cause.UNKNOWN_TOPIC, reason);
    }

    private static String nearest(String topic) {
        String nearest = SHAPES.get(0);
        for (String shape : SHAPES) {
            if (distance(shape, topic) < distance(nearest, topic)) {
                nearest = shape;
            }
        }
        return nearest;
    }

    /** The less the nearer: the same word speaks for a shape, in other capitals a little less; another word or length against it. */
    private static int distance(String shape, String topic) {
        int distance = 2 * Math.abs(Topics.count(shape) - Topics.count(topic));
        for (int i = 0; i < Topics.count(shape); i++) {
            String wanted = Topics.segment(shape, i);
            String found = Topics.segment(topic, i);
            if (!wanted.startsWith("{")) {
                distance += wanted.equals(found) ? -2 : wanted.equalsIgnoreCase(found) ? -1 : 3;
            }
        }
        return distance;
    }
}
