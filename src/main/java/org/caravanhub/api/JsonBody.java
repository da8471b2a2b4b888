package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanhub.device.OwnersText;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/** A body that is one JSON object of texts and lists of texts, read strictly: what is not known is refused. Not for many threads. */
final class JsonBody {
    private static final JsonFactory FACTORY =
            new JsonFactory().configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
    private static final int MOST_ITEMS = 20;

    private final Map<String, List<String>> members = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    private JsonBody() {}

    /**
     * Reads it.
     *
     * @param lists which of the known members are lists of texts; the others are texts
     * @throws Problem if it is no JSON object
     */
    static JsonBody of(byte[] body, List<String> known, String... lists) {
        JsonBody read = new JsonBody();
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notUnderstood("it is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                boolean isList = Arrays.asList(lists).contains(name);
                if (!known.contains(name) && !isList) {
                    read.unknown(name, known, lists);
                    parser.skipChildren();
                } else {
                    read.take(name, isList, parser);
                }
            }
            if (parser.nextToken() != null) {
                throw notUnderstood("something follows the object");
            }
        } catch (JsonProcessingException e) {
            throw notUnderstood("it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw notUnderstood("it is not JSON");
        }
        return read;
    }

    /** Every mistake that there was; nothing if there was none. */
    void check() {
        if (!faults.isEmpty()) {
            throw Problem.parameters(faults);
        }
    }

    /** A text letter by letter as it was sent, for somebody who has a rule for it; empty if it is not there. */
    String word(String name) {
        return members.getOrDefault(name, List.of("")).get(0);
    }

    /** A text of one line, without space at its ends; empty if it is not there. */
    String text(String name, int longest) {
        return text(name, longest, false);
    }

    /** A text of any number of lines; empty if it is not there. */
    String lines(String name, int longest) {
        return text(name, longest, true);
    }

    /** A list of texts, each once; empty if it is not there. */
    List<String> texts(String name, int longest) {
        List<String> texts = members.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        if (texts.size() > MOST_ITEMS) {
            faults.add(new Fault(name, "out_of_range", name + " has more than " + MOST_ITEMS + " items.", ""));
        }
        texts.forEach(text -> look(name, text, longest, false));
        // They are one cell of a file, and one word of a command.
        if (texts.stream().anyMatch(text -> text.contains(";") || text.contains(","))) {
            faults.add(new Fault(name, "not_allowed", "An item of " + name + " has a comma or a semicolon.", ""));
        }
        return texts;
    }

    private String text(String name, int longest, boolean hasLines) {
        String text = members.getOrDefault(name, List.of("")).get(0).strip();
        look(name, text, longest, hasLines);
        return text;
    }

    private void look(String name, String text, int longest, boolean hasLines) {
        if (text.length() > longest) {
            faults.add(new Fault(name, "out_of_range", name + " is too long.", "at most " + longest + " characters"));
        }
        // How long it may be is told in its own words.
        OwnersText.flaw(text, Integer.MAX_VALUE, hasLines)
                .ifPresent(flaw -> faults.add(new Fault(name, "not_allowed", name + ": " + flaw + ".", "")));
    }

    private void take(String name, boolean isList, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        List<String> texts = new ArrayList<>();
        boolean isRight = isList ? parser.isExpectedStartArrayToken() : parser.hasToken(JsonToken.VALUE_STRING);
        if (isRight && isList) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                isRight &= parser.hasToken(JsonToken.VALUE_STRING);
                texts.add(parser.hasToken(JsonToken.VALUE_STRING) ? parser.getText() : "");
                parser.skipChildren();
            }
        } else if (isRight) {
            texts.add(parser.getText());
        }
        parser.skipChildren();
        if (isRight) {
            members.put(name, texts);
        } else {
            faults.add(
                    new Fault(name, "wrong_type", name + " must be " + (isList ? "a list of texts." : "a text."), ""));
        }
    }

    private void unknown(String name, List<String> known, String... lists) {
        List<String> all = new ArrayList<>(known);
        all.addAll(Arrays.asList(lists));
        String hint = Nearest.to(name, all)
                .map(near -> "did you mean " + near + "?")
                .orElse("there are " + String.join(", ", all));
        faults.add(new Fault(Quoted.of(name), "unknown", "There is no member " + Quoted.of(name) + ".", hint));
    }

    private static Problem notUnderstood(String why) {
        return Problem.parameters(List.of(
                new Fault("body", "wrong_type", "The body is not understood: " + why + ".", "{\"id\":\"hut-1\"}")));
    }
}
