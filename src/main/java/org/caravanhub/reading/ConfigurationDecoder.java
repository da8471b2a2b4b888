package org.caravanhub.reading;

import java.util.List;
import org.caravanhub.message.Message;

/**
 * The configuration that a device says it has: a JSON object, kept as it is. Its members are the device's affair, so none of them is
 * taken for a time.
 */
final class ConfigurationDecoder extends ShapedDecoder {
    ConfigurationDecoder(TopicShape shape) {
        super(shape);
    }

    @Override
    void read(Message message, JsonReader json, List<Outcome> outcomes) {
        Voice voice = voice(message.topic());
        json.open(message.payload(), 0, message.payload().length);
        byte first = json.peek();
        int from = json.position();
        json.skipValue();
        if (first != '{') {
            throw json.unexpected(Malformed.Cause.WRONG_TYPE, from, expected());
        }
        Document document = Document.ofChecked(json.copy(from, json.position()));
        json.close();
        outcomes.add(new Configuration(voice.source(), when(message, voice, DeviceTime.NONE), document));
    }

    @Override
    String expected() {
        return "an object such as {\"timing\":{\"collection_interval_s\":300}}";
    }
}
