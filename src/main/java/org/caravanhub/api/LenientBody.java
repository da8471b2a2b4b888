package org.caravanhub.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.caravanhub.command.Wording;
import org.caravanhub.device.OwnersText;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.text.Quoted;

/**
 * A JSON object of a client that was there before the hub: what it has beyond what is asked for is passed over, a member that is null is
 * not there, and what is wrong is 422. Not for many threads.
 */
final class LenientBody {
    private final JsonNode object;
    private final List<Fault> faults = new ArrayList<>();

    private LenientBody(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads it.
     *
     * @throws Problem if it is no JSON object
     */
    static LenientBody of(byte[] body) {
        try {
            JsonNode node = Wording.read(body);
            if (node.isObject()) {
                return new LenientBody(node);
            }
            throw wrong(new Fault("body", "wrong_type", "The body is no JSON object.", ""));
        } catch (IOException e) {
            throw wrong(new Fault("body", "wrong_type", "The body is not JSON.", ""));
        }
    }

    /** Every mistake that there was; nothing if there was none. */
    void check() {
        if (!faults.isEmpty()) {
            throw Problem.parameters(ProblemCode.NOT_UNDERSTOOD, faults);
        }
    }

    /** One that only the caller can see. */
    void fault(String member, String message, String hint) {
        faults.add(new Fault(member, "not_allowed", message, hint));
    }

    /** A text that has to be there; may be empty. */
    String required(String name, int longest) {
        if (object.path(name).isMissingNode() || object.path(name).isNull()) {
            faults.add(new Fault(name, "missing", name + " is missing.", "add it to the body"));
        }
        return text(name, longest);
    }

    /** A text of one line; empty if it is not there. */
    String text(String name, int longest) {
        return text(object.path(name), name, longest);
    }

    /** One of these words; the one that is given here if it is not there. */
    String word(String name, List<String> words, String otherwise) {
        String word = text(name, 100);
        if (word.isEmpty() && !otherwise.isEmpty()) {
            return otherwise;
        }
        if (!words.contains(word)) {
            fault(
                    name,
                    name + " " + Quoted.of(word) + " is not one of the words.",
                    "one of " + String.join(", ", words));
        }
        return word;
    }

    /** A whole number from 0 to 100; empty if it is not there. */
    OptionalInt percent(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalInt.empty();
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (value.isTextual() && value.textValue().matches("\\d{1,3}")) {
            number = Integer.parseInt(value.textValue());
        }
        if (!(number >= 0 && number <= 100 && Math.rint(number) == number)) {
            faults.add(new Fault(name, "out_of_range", name + " is no whole number from 0 to 100.", "50"));
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) number);
    }

    /** Yes or no. */
    boolean isTrue(String name, boolean otherwise) {
        JsonNode value = object.path(name);
        if (!value.isBoolean() && !value.isMissingNode() && !value.isNull()) {
            faults.add(new Fault(name, "wrong_type", name + " is neither true nor false.", "true"));
        }
        return value.asBoolean(otherwise);
    }

    /** An object in it; one without members if it is not there. */
    LenientBody inner(String name) {
        JsonNode value = object.path(name);
        if (!value.isObject() && !value.isMissingNode() && !value.isNull()) {
            faults.add(new Fault(name, "wrong_type", name + " is no JSON object.", "{\"device_ids\":[\"hut-1\"]}"));
        }
        return new LenientBody(value);
    }

    /** A list of texts, at most so many; empty if it is not there. */
    List<String> texts(String name, int most) {
        JsonNode value = object.path(name);
        List<String> texts = new ArrayList<>();
        if (value.isArray() && value.size() <= most) {
            value.forEach(item -> texts.add(text(item, name, 64)));
        } else if (!value.isMissingNode() && !value.isNull()) {
            faults.add(
                    new Fault(name, "wrong_type", name + " is no list of at most " + most + " texts.", "[\"hut-1\"]"));
        }
        return texts;
    }

    private String text(JsonNode value, String name, int longest) {
        if (!value.isTextual()) {
            if (!value.isMissingNode() && !value.isNull()) {
                faults.add(new Fault(name, "wrong_type", name + " is no text.", ""));
            }
            return "";
        }
        String text = value.textValue();
        OwnersText.flaw(text, longest, false)
                .ifPresent(flaw -> faults.add(new Fault(name, "not_allowed", name + ": " + flaw + ".", "")));
        return text;
    }

    /** What is wrong in an object of this one counts as wrong here. */
    void take(LenientBody inner) {
        faults.addAll(inner.faults);
    }

    private static Problem wrong(Fault fault) {
        return Problem.parameters(ProblemCode.NOT_UNDERSTOOD, List.of(fault));
    }
}
