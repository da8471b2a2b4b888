package org.caravanhub.reading;

import java.util.Locale;
import org.caravanhub.reading.Event.Severity;
import org.caravanhub.reading.Malformed.Cause;

/** The members of an event that mean something in all families; the others stay in the details. */
final class EventMembers {
    private static final int MAX_MESSAGE_CHARS = 1000;

    private final String nameMember;
    private long time = DeviceTime.NONE;
    private String name = "";
    private Severity severity;
    private String message = "";
    private boolean hasVersion;

    /**
     * Of one event.
     *
     * @param nameMember which member says what happened; empty if the topic does
     * @param severity if the event does not tell
     */
    EventMembers(String nameMember, Severity severity) {
        this.nameMember = nameMember;
        this.severity = severity;
    }

    /** Takes the member just reached. */
    void take(JsonReader json) {
        if (!nameMember.isEmpty() && json.nameIs(nameMember)) {
            name = Locations.read(json, nameMember, "");
            return;
        }
        switch (json.tokenText("timestamp")) {
            case "timestamp", "time", "ts" -> time = DeviceTime.read(json);
            case "severity" -> takeSeverity(json);
            case "message" -> takeMessage(json);
            case "v" -> takeVersion(json);
            default -> json.skipValue();
        }
    }

    private void takeVersion(JsonReader json) {
        AlonaVersion.check(json);
        hasVersion = true;
    }

    private void takeSeverity(JsonReader json) {
        json.peek();
        int position = json.position();
        String word = json.readText("severity", "info");
        for (Severity known : Severity.values()) {
            if (known.word().equals(word.toLowerCase(Locale.ROOT))) {
                severity = known;
                return;
            }
        }
        if (!word.isEmpty()) {
            throw json.unexpected(Cause.WRONG_TYPE, position, "severity to be info, warning, error or critical");
        }
    }

    private void takeMessage(JsonReader json) {
        byte next = json.peek();
        if (next == '{' || next == '[') {
            json.skipValue();
            return;
        }
        String text = json.readText("message", "");
        message = text.codePointCount(0, text.length()) <= MAX_MESSAGE_CHARS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_MESSAGE_CHARS));
    }

    /** In milliseconds since 1970, or {@link DeviceTime#NONE}. */
    long time() {
        return time;
    }

    /** What happened, empty if no member says so. */
    String name() {
        return name;
    }

    Severity severity() {
        return severity;
    }

    String message() {
        return message;
    }

    boolean hasVersion() {
        return hasVersion;
    }
}
