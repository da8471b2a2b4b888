package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.reading.Status.State;
import org.caravanhub.text.Quoted;

/**
 * What devices of all families say of themselves: an object with any of {@link StatusMembers}, or the bare word {@code online} or
 * {@code offline}, as last wills often are. Every case: the pages of the families in {@code docs/reference/topics}.
 */
final class StatusDecoder extends ShapedDecoder {
    /** What a family wants of a status. */
    enum Rule {
        /** An object or a bare word. */
        ANY,
        /** An object that tells the state; or a bare word. */
        STATE,
        /** An object with the version of Alona's protocol. */
        VERSION,
        /** A bare word only. */
        WORD
    }

    private final Rule rule;

    StatusDecoder(TopicShape shape, Rule rule) {
        super(shape);
        this.rule = rule;
    }

    @Override
    void read(Message message, JsonReader json, List<Outcome> outcomes) {
        Voice voice = voice(message.topic());
        json.open(message.payload(), 0, message.payload().length);
        if (json.peek() != '{' && rule != Rule.VERSION) {
            outcomes.add(ofWord(message, voice));
        } else {
            outcomes.add(ofObject(message, voice, json));
        }
    }

    private Status ofWord(Message message, Voice voice) {
        String word = new String(message.payload(), StandardCharsets.UTF_8).strip();
        State state = StatusMembers.of(word);
        if (state == null) {
            throw new Flaw(Cause.WRONG_TYPE, "found " + Quoted.of(word) + "; expected " + expected());
        }
        Document details = Document.ofChecked("{\"state\":\"" + state.word() + "\"}");
        return new Status(voice.source(), state, Vitals.NONE, when(message, voice, DeviceTime.NONE), details);
    }

    private Status ofObject(Message message, Voice voice, JsonReader json) {
        if (rule == Rule.WORD) {
            throw json.unexpected(Cause.WRONG_TYPE, json.position(), expected());
        }
        int from = json.position();
        enterObject(json);
        StatusMembers members = new StatusMembers();
        while (json.nextMember()) {
            members.take(json);
        }
        Document details = Document.ofChecked(json.copy(from, json.position()));
        json.close();
        if (rule == Rule.VERSION && !members.hasVersion()) {
            throw AlonaVersion.missing(expected());
        }
        if (rule == Rule.STATE && !members.tellsState()) {
            throw new Flaw(Cause.MISSING_FIELD, "state is missing; expected " + expected());
        }
        When when = when(message, voice, members.time());
        return new Status(voice.source(), members.state(), members.vitals(), when, details);
    }

    @Override
    String expected() {
        return switch (rule) {
            case ANY -> "{\"online\":true,\"uptime_seconds\":3600}, online or offline";
            case STATE -> "{\"state\":\"online\",\"timestamp\":\"2025-12-01T20:00:00Z\"}";
            case VERSION -> "{\"v\":1,\"ts\":1764619200,\"uptime\":3600,\"rssi\":-67}";
            case WORD -> "online or offline, without quotes";
        };
    }
}
