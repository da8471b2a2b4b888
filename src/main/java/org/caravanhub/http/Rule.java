package org.caravanhub.http;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/** What a parameter's value may be: the part of JSON Schema that {@code openapi.yaml} uses for parameters. */
sealed interface Rule {
    /**
     * The value, if it may be that.
     *
     * @throws Broken if it may not
     */
    Object read(String text, Clock clock) throws Broken;

    /** Whole numbers between two borders; read as {@link Long}. */
    record Whole(OptionalLong minimum, OptionalLong maximum) implements Rule {
        private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");

        @Override
        public Object read(String text, Clock clock) throws Broken {
            if (!DIGITS.matcher(text).matches()) {
                throw new Broken("wrong_type", "is not a whole number", borders());
            }
            long number = Long.parseLong(text);
            if (number < minimum.orElse(Long.MIN_VALUE) || number > maximum.orElse(Long.MAX_VALUE)) {
                throw new Broken("out_of_range", "is out of range", borders());
            }
            return number;
        }

        private String borders() {
            return "a whole number" + (minimum.isPresent() ? " from " + minimum.getAsLong() : "")
                    + (maximum.isPresent() ? " to " + maximum.getAsLong() : "");
        }
    }

    /** One of some words; read as {@link String}. */
    record Word(List<String> words) implements Rule {
        @Override
        public Object read(String text, Clock clock) throws Broken {
            if (!words.contains(text)) {
                String near = Nearest.to(text, words)
                        .map(word -> "did you mean " + word + "? ")
                        .orElse("");
                throw new Broken("not_allowed", "is not one of the words", near + "one of " + String.join(", ", words));
            }
            return text;
        }
    }

    /** Text of some length and shape; read as {@link String}. */
    record Text(int shortest, int longest, Optional<Pattern> shape) implements Rule {
        private static final Pattern CHARACTERS = Pattern.compile("\\^\\[([^\\\\^\\]]+)](?:\\+|\\{(\\d+),(\\d+)})\\$");

        @Override
        public Object read(String text, Clock clock) throws Broken {
            if (text.length() < shortest || text.length() > longest) {
                throw new Broken(
                        "out_of_range", "is too short or too long", shortest + " to " + longest + " characters");
            }
            if (shape.isPresent() && !shape.get().matcher(text).find()) {
                throw new Broken(
                        "not_allowed",
                        "has characters that are not allowed",
                        inWords(shape.get().pattern()));
            }
            return text;
        }

        /** {@code 1 to 64 of A-Z a-z 0-9 . _ -} for a class of characters; any other pattern as it is. */
        private static String inWords(String pattern) {
            Matcher of = CHARACTERS.matcher(pattern);
            if (!of.matches()) {
                return pattern;
            }
            String characters = of.group(1).replaceAll(".-.|.", "$0 ").strip();
            return (of.group(2) == null ? "only " : of.group(2) + " to " + of.group(3) + " of ") + characters;
        }
    }

    /** A moment; read as {@link java.time.Instant}. */
    record When() implements Rule {
        @Override
        public Object read(String text, Clock clock) throws Broken {
            return Moment.parse(text, clock)
                    .orElseThrow(() -> new Broken("wrong_type", "is not a moment", Moment.FORMS));
        }
    }

    /** Several of one kind, separated by commas; read as {@link List}. */
    record Several(Rule item, int fewest, int most) implements Rule {
        @Override
        public Object read(String text, Clock clock) throws Broken {
            List<Object> values = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                values.add(item.read(part, clock));
                if (values.size() > most) {
                    throw new Broken(
                            "out_of_range", "has too many parts", fewest + " to " + most + ", separated by commas");
                }
            }
            return List.copyOf(values);
        }
    }

    /** A value that may not be. */
    final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        private final String code;
        private final String hint;

        Broken(String code, String message, String hint) {
            super(message, null, false, false);
            this.code = code;
            this.hint = hint;
        }

        Fault fault(String parameter, String text) {
            return new Fault(parameter, code, parameter + " " + Quoted.of(text) + " " + getMessage() + ".", hint);
        }
    }
}
