package org.caravanhub.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanhub.message.Message;

/**
 * The decoders of several topics behind one name, so that one flow, with one session at the broker, reads a family. Which decoder a
 * topic has is found once and remembered. Safe for several threads.
 */
final class FamilyDecoder implements Decoder {
    private static final int MAX_TOPICS = 4096;

    private final List<Member> members;
    private final ConcurrentHashMap<String, JsonDecoder> byTopic = new ConcurrentHashMap<>();

    /** A form of topic and who understands it. */
    record Member(TopicShape shape, JsonDecoder decoder) {
        static Member of(ShapedDecoder decoder) {
            return new Member(decoder.shape(), decoder);
        }
    }

    /** The first that fits a topic reads it. */
    FamilyDecoder(Member... members) {
        this.members = List.of(members);
    }

    @Override
    public List<Outcome> decode(List<Message> messages) {
        List<Outcome> outcomes = new ArrayList<>(messages.size());
        JsonReader json = new JsonReader();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            decoder(message.topic()).decode(message, json, outcomes);
        }
        return outcomes;
    }

    @Override
    public List<Outcome> decodeOne(Message message) {
        return decode(List.of(message));
    }

    private JsonDecoder decoder(String topic) {
        JsonDecoder known = byTopic.get(topic);
        if (known != null) {
            return known;
        }
        JsonDecoder decoder = members.stream()
                .filter(member -> member.shape().matches(topic))
                .findFirst()
                .orElse(members.get(0)) // it says what is wrong with the topic
                .decoder();
        if (byTopic.size() >= MAX_TOPICS) {
            byTopic.clear();
        }
        byTopic.put(topic, decoder);
        return decoder;
    }
}
