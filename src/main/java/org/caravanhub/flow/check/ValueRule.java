package org.caravanhub.flow.check;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a field takes for a value. */
final class ValueRule {
    private ValueRule() {}

    /**
     * How a value is not what its field takes.
     *
     * @param should what it should be
     * @param hint what was meant, perhaps
     */
    record Broken(String should, String hint) {}

    /** Empty if the value is right, or if nobody can know before the flow runs. */
    static Optional<Broken> broken(Grammar.Field field, String value) {
        String text = value.strip();
        if (text.contains("{{") || text.isEmpty()) {
            return Optional.empty();
        }
        return switch (field.kind()) {
            case TRUTH -> text.matches("(?i)true|false") ? Optional.empty() : should("true or false");
            case NUMBER -> text.matches("[-+]?[0-9]+([.][0-9]+)?") ? Optional.empty() : should("a number");
            case WORD ->
                isOneOf(text, field.words())
                        ? Optional.empty()
                        : Optional.of(new Broken(
                                "one of " + String.join(", ", new TreeSet<>(field.words())),
                                Meant.by(text, field.words())));
            default -> Optional.empty();
        };
    }

    private static Optional<Broken> should(String what) {
        return Optional.of(new Broken(what, ""));
    }

    private static boolean isOneOf(String text, Set<String> words) {
        String plain = plain(text);
        return words.stream().anyMatch(word -> plain(word).equalsIgnoreCase(plain));
    }

    private static String plain(String word) {
        return word.replace("-", "").replace("_", "");
    }
}
