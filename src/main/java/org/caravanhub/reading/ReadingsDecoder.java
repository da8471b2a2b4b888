package org.caravanhub.reading;

import java.util.Arrays;
import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;

/**
 * Caravan's own payload, by MQTT and by HTTP: one reading, or an array of readings that a device buffered, each with its own time.
 * A reading is an object with a {@code metrics} object, or a flat one whose other members are the metrics. Every element of an
 * array is an outcome of its own; a bad one goes to quarantine alone.
 */
abstract class ReadingsDecoder extends JsonDecoder {
    /** Bounds what one message can put into quarantine. */
    static final int MAX_ELEMENTS = 4096;

    /** The topic, or what stands for it, that one reading came on. */
    abstract String topicOf(Message message, String device);

    @Override
    String expected() {
        return "{\"time\":\"2025-12-01T20:00:00Z\",\"metrics\":{\"temperature_c\":21.4}}, or an array of such";
    }

    @Override
    final void read(Message message, JsonReader json, List<Outcome> outcomes) {
        json.open(message.payload(), 0, message.payload().length);
        if (json.peek() == '[') {
            readArray(message, json, new JsonElements(message.payload(), json.position()), outcomes);
        } else {
            outcomes.add(readObject(message, json));
        }
    }

    private void readArray(Message message, JsonReader json, JsonElements elements, List<Outcome> outcomes) {
        int number = 0;
        while (elements.next()) {
            number++;
            if (number > MAX_ELEMENTS) {
                Flaw tooMany = new Flaw(Cause.TOO_LARGE, "more than " + MAX_ELEMENTS + " readings in one array");
                outcomes.add(malformed(part(message, elements.from(), message.payload().length), tooMany));
                return;
            }
            outcomes.add(readElement(message, json, elements, number));
        }
        boolean isLastBad = number > 0 && outcomes.get(outcomes.size() - 1) instanceof Malformed;
        if (!isLastBad) { // a last element that does not end has said so itself
            checkEnd(message.payload(), elements.to());
        }
        if (number == 0) {
            throw new Flaw(Cause.NO_METRICS, "the array has no readings; expected " + expected());
        }
    }

    private Outcome readElement(Message message, JsonReader json, JsonElements elements, int number) {
        try {
            if (elements.from() == elements.to()) {
                throw new Flaw(Cause.NOT_JSON, "nothing where a reading was expected; is there a comma too many?");
            }
            json.open(message.payload(), elements.from(), elements.to());
            return readObject(message, json);
        } catch (Flaw flaw) {
            String place = "element " + number + " of the array, from byte " + (elements.from() + 1) + " on, ";
            return malformed(
                    part(message, elements.from(), elements.to()), new Flaw(flaw.kind(), place + flaw.reason()));
        }
    }

    /** What is set aside of an array: it can be replayed alone. */
    private static Message part(Message message, int from, int to) {
        byte[] bytes = Arrays.copyOfRange(message.payload(), from, to);
        return new Message(
                message.topic(), bytes, message.receivedAt(), message.retained(), message.repeated(), bytes.length);
    }

    private static void checkEnd(byte[] payload, int closing) {
        int at = closing;
        String expected = "a ] at the end of the array";
        if (at < payload.length && payload[at] == ']') {
            expected = "nothing more after the array";
            do {
                at++;
            } while (at < payload.length && JsonReader.isSpace(payload[at]));
            if (at == payload.length) {
                return;
            }
        }
        throw JsonPlace.unexpected(Cause.NOT_JSON, payload, 0, at, payload.length, expected);
    }

    private Reading readObject(Message message, JsonReader json) {
        enterObject(json);
        ReadingMembers members = new ReadingMembers();
        while (json.nextMember()) {
            members.take(json);
        }
        json.close();
        return readingOf(message, members, json);
    }

    /** What these members are: a reading of the device that the topic, or what stands for it, names. */
    Reading readingOf(Message message, ReadingMembers members, JsonReader json) {
        Voice voice = voice(topicOf(message, members.device()));
        Source source = voice.source(voice.source().device(), members.location(), members.mac());
        return reading(message, voice, source, members.time(), members.metrics(json));
    }
}
