package org.caravanhub.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanhub.command.Period;
import org.caravanhub.device.OwnersText;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/**
 * A JSON object that is read member by member, strictly: what is not known is refused, and every number has its bounds. All mistakes are told
 * together, by {@link #check}. Not for many threads.
 */
final class StrictObject {
    private final JsonNode node;
    private final String place;
    private final List<Fault> faults;

    private StrictObject(JsonNode node, String place, List<Fault> faults) {
        this.node = node;
        this.place = place;
        this.faults = faults;
    }

    /**
     * Reads it.
     *
     * @param example what would be right
     * @throws Problem if it is no JSON object
     */
    static StrictObject of(byte[] body, String example, List<String> known) {
        StrictObject object = new StrictObject(ObjectBody.object(body, example), "", new ArrayList<>());
        object.knowsOnly(known);
        return object;
    }

    /** Every mistake that there was; nothing if there was none. */
    void check() {
        if (!faults.isEmpty()) {
            throw Problem.parameters(faults);
        }
    }

    /** A mistake of the whole. */
    void wrong(String member, String code, String message, String hint) {
        faults.add(new Fault(place + member, code, message, hint));
    }

    boolean has(String member) {
        return node.hasNonNull(member);
    }

    /** A text of one line; {@code usual} if it is not there. */
    String text(String member, int longest, String usual) {
        if (!has(member)) {
            return usual;
        }
        String text =
                node.get(member).isTextual() ? node.get(member).textValue().strip() : "";
        if (text.isEmpty()) {
            wrong(member, "wrong_type", place + member + " must be a text.", "");
        } else {
            OwnersText.flaw(text, longest, false)
                    .ifPresent(flaw -> wrong(member, "not_allowed", place + member + ": " + flaw + ".", ""));
        }
        return text;
    }

    /** One of these words. */
    String word(String member, List<String> words, String usual) {
        String word = text(member, 40, usual);
        if (has(member) && !words.contains(word)) {
            wrong(
                    member,
                    "not_allowed",
                    place + member + " is not one of its words.",
                    Nearest.to(word, words)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("there are " + String.join(", ", words)));
        }
        return word;
    }

    /** A whole number within bounds; {@code usual} if it is not there. */
    int whole(String member, int least, int most, int usual) {
        if (!has(member)) {
            return usual;
        }
        JsonNode number = node.get(member);
        boolean isRight = number.isIntegralNumber()
                && number.canConvertToInt()
                && number.intValue() >= least
                && number.intValue() <= most;
        if (!isRight) {
            wrong(
                    member,
                    number.isNumber() ? "out_of_range" : "wrong_type",
                    place + member + " must be a whole number from " + least + " to " + most + ".",
                    least + " to " + most);
        }
        return isRight ? number.intValue() : usual;
    }

    /** A number within bounds; 0 if it is not there. */
    double number(String member, double least, double most) {
        JsonNode number = node.path(member);
        boolean isRight = number.isNumber() && number.doubleValue() >= least && number.doubleValue() <= most;
        if (has(member) && !isRight) {
            String bounds = (long) least + " to " + (long) most;
            wrong(member, "out_of_range", place + member + " must be a number from " + bounds + ".", bounds);
        }
        return isRight ? number.doubleValue() : 0;
    }

    boolean flag(String member) {
        if (has(member) && !node.get(member).isBoolean()) {
            wrong(member, "wrong_type", place + member + " is neither true nor false.", "true");
        }
        return node.path(member).asBoolean(false);
    }

    /** A length of time within bounds. */
    Duration duration(String member, Duration least, Duration most, Duration usual) {
        if (!has(member)) {
            return usual;
        }
        Optional<Duration> time =
                node.get(member).isTextual() ? Period.parse(node.get(member).textValue()) : Optional.empty();
        boolean isRight = time.isPresent()
                && time.get().compareTo(least) >= 0
                && time.get().compareTo(most) <= 0;
        if (!isRight) {
            String bounds = written(least) + " to " + written(most);
            wrong(
                    member,
                    time.isPresent() ? "out_of_range" : "wrong_type",
                    place + member + " must be a length of time from " + bounds + ".",
                    bounds + ", such as 90s, 10m or 24h");
        }
        return time.orElse(usual);
    }

    /** Texts, each once. */
    List<String> texts(String member, int most) {
        JsonNode list = node.path(member);
        List<String> texts = new ArrayList<>();
        boolean isRight = !has(member) || list.isArray();
        for (JsonNode item : list) {
            isRight &= item.isTextual();
            texts.add(item.asText().strip());
        }
        if (!isRight) {
            wrong(member, "wrong_type", place + member + " must be a list of texts.", "[\"hut-door\"]");
        } else if (texts.size() > most) {
            wrong(member, "out_of_range", place + member + " has more than " + most + " items.", "at most " + most);
        }
        return texts.stream().distinct().toList();
    }

    /** An object in it; empty if it is not there. */
    Optional<StrictObject> object(String member, List<String> known) {
        if (!has(member)) {
            return Optional.empty();
        }
        if (!node.get(member).isObject()) {
            wrong(member, "wrong_type", place + member + " must be an object of " + String.join(", ", known) + ".", "");
            return Optional.empty();
        }
        StrictObject object = new StrictObject(node.get(member), place + member + ".", faults);
        object.knowsOnly(known);
        return Optional.of(object);
    }

    /** Objects in it, in their order. */
    List<StrictObject> objects(String member, int most, List<String> known) {
        JsonNode list = node.path(member);
        List<StrictObject> objects = new ArrayList<>();
        if (has(member) && (!list.isArray() || list.size() > most)) {
            wrong(
                    member,
                    "wrong_type",
                    place + member + " must be a list of at most " + most + " objects.",
                    "of " + String.join(", ", known));
            return objects;
        }
        for (JsonNode item : list) {
            String where = place + member + "[" + objects.size() + "]";
            if (!item.isObject()) {
                faults.add(new Fault(
                        where, "wrong_type", where + " must be an object.", "of " + String.join(", ", known)));
            }
            StrictObject object = new StrictObject(item, where + ".", faults);
            object.knowsOnly(known);
            objects.add(object);
        }
        return objects;
    }

    private void knowsOnly(List<String> known) {
        node.fieldNames().forEachRemaining(member -> {
            if (!known.contains(member)) {
                String hint = Nearest.to(member, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("there are " + String.join(", ", known));
                faults.add(new Fault(
                        Quoted.of(place + member),
                        "unknown",
                        "There is no member " + Quoted.of(place + member) + ".",
                        hint));
            }
        });
    }

    /** {@code 10m}, in the largest unit that it is a whole number of. */
    static String written(Duration time) {
        long seconds = time.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds > 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
