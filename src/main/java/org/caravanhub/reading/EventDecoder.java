package org.caravanhub.reading;

import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Event.Severity;
import org.caravanhub.reading.Malformed.Cause;

/**
 * What happened at devices of all families: a JSON value, most often an object with any of {@link EventMembers}. Every case: the pages of
 * the families in {@code docs/reference/topics}.
 */
final class EventDecoder extends ShapedDecoder {
    private final Form form;

    /**
     * What events of a family look like.
     *
     * @param name what happened, if it is always the same; empty if the topic's {@code {name}} or a member says so
     * @param nameMember which member says what happened; empty if the topic does
     * @param severity of an event that does not tell
     * @param isVersioned whether the member {@code v} must be there
     */
    record Form(String name, String nameMember, Severity severity, boolean isVersioned) {
        /** The topic says what happened. */
        static final Form NAMED_BY_TOPIC = new Form("", "", Severity.INFO, false);
    }

    EventDecoder(TopicShape shape, Form form) {
        super(shape);
        this.form = form;
    }

    @Override
    void read(Message message, JsonReader json, List<Outcome> outcomes) {
        Voice voice = voice(message.topic());
        json.open(message.payload(), 0, message.payload().length);
        EventMembers members = new EventMembers(form.nameMember(), form.severity());
        boolean isObject = json.peek() == '{';
        int from = json.position();
        if (isObject) {
            json.enterObject();
            while (json.nextMember()) {
                members.take(json);
            }
        } else if (form.isVersioned() || !form.nameMember().isEmpty()) {
            enterObject(json);
        } else {
            json.skipValue();
        }
        Document details = Document.ofChecked(json.copy(from, json.position()));
        json.close();
        if (form.isVersioned() && !members.hasVersion()) {
            throw AlonaVersion.missing(expected());
        }
        checkAge(message, members.time());
        outcomes.add(new Event(
                voice.source(),
                name(message.topic(), members),
                members.severity(),
                members.message(),
                when(message, voice, members.time()),
                details));
    }

    private String name(String topic, EventMembers members) {
        if (!form.name().isEmpty()) {
            return form.name();
        }
        if (!form.nameMember().isEmpty()) {
            if (members.name().isEmpty()) {
                throw new Flaw(Cause.MISSING_FIELD, form.nameMember() + " is missing; expected " + expected());
            }
            return members.name();
        }
        return shape().name(topic);
    }

    @Override
    String expected() {
        String version = form.isVersioned() ? "\"v\":1," : "";
        String name = form.nameMember().isEmpty() ? "" : "\"" + form.nameMember() + "\":\"low_battery\",";
        return "{" + version + name + "\"timestamp\":\"2025-12-01T20:00:00Z\",\"message\":\"…\"}";
    }
}
