package org.caravanhub.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;

/** What decoders of JSON payloads share: the order of work, what becomes of flaws, and the memory of topics. */
abstract class JsonDecoder implements Decoder {
    /** A house has tens of topics. Whoever invents topics makes the memory begin anew, and costs no more than that. */
    private static final int MAX_VOICES = 4096;

    private final ConcurrentHashMap<String, Voice> voices = new ConcurrentHashMap<>();

    @Override
    public final List<Outcome> decode(List<Message> messages) {
        List<Outcome> outcomes = new ArrayList<>(messages.size());
        JsonReader json = new JsonReader();
        for (int i = 0; i < messages.size(); i++) {
            decode(messages.get(i), json, outcomes);
        }
        return outcomes;
    }

    @Override
    public final List<Outcome> decodeOne(Message message) {
        List<Outcome> outcomes = new ArrayList<>(1);
        decode(message, new JsonReader(), outcomes);
        return outcomes;
    }

    /** Adds the outcomes of one message, at least one. */
    final void decode(Message message, JsonReader json, List<Outcome> outcomes) {
        int before = outcomes.size();
        try {
            if (message.isTruncated()) {
                throw new Flaw(
                        Cause.TOO_LARGE,
                        message.size() + " bytes; at most " + JsonReader.MAX_DOCUMENT_BYTES + " are read");
            }
            if (message.payload().length == 0 && !mayBeEmpty()) {
                throw new Flaw(Cause.NOT_JSON, "the message is empty; expected " + expected());
            }
            read(message, json, outcomes);
        } catch (Flaw flaw) {
            outcomes.add(malformed(message, flaw));
        } catch (RuntimeException mistake) {
            // Ours, not the device's. The message must be kept, and the ones behind it must go on.
            outcomes.subList(before, outcomes.size()).clear();
            outcomes.add(malformed(message, new Flaw(Cause.FLOW_FAILED, "the decoder failed: " + mistake)));
        }
    }

    final Malformed malformed(Message message, Flaw flaw) {
        return new Malformed(message, deviceOf(message.topic()), flaw.kind(), flaw.reason());
    }

    /** Adds what the payload says to the outcomes. The payload is neither empty nor cut off. */
    abstract void read(Message message, JsonReader json, List<Outcome> outcomes);

    /** Whether a payload without a byte means something. */
    boolean mayBeEmpty() {
        return false;
    }

    /** A short example of what the payload should be. */
    abstract String expected();

    /** The device that a topic names, empty if it names none. */
    abstract String deviceOf(String topic);

    /** Whose readings come on a topic, as far as the topic tells; a flaw if it is not one of the family's. */
    abstract Source sourceOf(String topic);

    /** What is known about a topic. */
    final Voice voice(String topic) {
        Voice known = voices.get(topic);
        if (known != null) {
            return known;
        }
        Voice voice = new Voice(sourceOf(topic));
        if (voices.size() >= MAX_VOICES) {
            voices.clear();
        }
        Voice meanwhile = voices.putIfAbsent(topic, voice);
        return meanwhile == null ? voice : meanwhile;
    }

    /** How many topics are remembered. */
    final int rememberedTopics() {
        return voices.size();
    }

    /** Goes into the object that must come next. */
    final void enterObject(JsonReader json) {
        if (json.peek() != '{') {
            int position = json.position();
            json.skipValue(); // if it is no JSON at all, that is what is wrong
            throw json.unexpected(Cause.WRONG_TYPE, position, expected());
        }
        json.enterObject();
    }

    /** When something was said that is no reading; a time of receipt stands in for one that the device did not give. */
    static When when(Message message, Voice voice, long time) {
        long received = message.receivedAt().toEpochMilli();
        if (time != DeviceTime.NONE) {
            int doubts = DeviceTime.doubts(time, received) | keptBits(message);
            return new When(Instant.ofEpochMilli(time), message.receivedAt(), doubts);
        }
        Instant saidAt = Instant.ofEpochMilli(voice.withoutTime(received));
        return new When(saidAt, message.receivedAt(), Flag.NO_DEVICE_TIME.bit() | keptBits(message));
    }

    private static int keptBits(Message message) {
        return message.retained() ? Flag.RETAINED.bit() : 0;
    }

    /** Refuses what the broker kept from earlier and what has no time: it may be of any day. */
    static void checkAge(Message message, long time) {
        if (time == DeviceTime.NONE && message.retained()) {
            throw new Flaw(
                    Cause.MISSING_FIELD,
                    "no time, and the broker kept this message, so nobody knows how old it is; send a time, or publish without retain");
        }
    }

    /**
     * A reading with its times and their flags.
     *
     * @param time the device's, in milliseconds since 1970, or {@link DeviceTime#NONE}
     */
    static Reading reading(Message message, Voice voice, Source source, long time, Metrics metrics) {
        long received = message.receivedAt().toEpochMilli();
        if (time != DeviceTime.NONE) {
            int doubts = DeviceTime.doubts(time, received) | keptBits(message);
            return new Reading(source, Instant.ofEpochMilli(time), message.receivedAt(), metrics, doubts);
        }
        checkAge(message, time);
        Instant measuredAt = Instant.ofEpochMilli(voice.withoutTime(received));
        return new Reading(source, measuredAt, message.receivedAt(), metrics, Flag.NO_DEVICE_TIME.bit());
    }
}
