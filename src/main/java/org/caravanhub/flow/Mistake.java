package org.caravanhub.flow;

import java.util.Optional;
import org.caravanhub.text.Hidden;

/**
 * Something that is wrong with a flow file, at its place.
 *
 * @param file relative to the folder of flows, with {@code /}
 * @param line from 1; 0 if it is about the whole file
 * @param column from 1; 0 if it is about the whole line
 * @param code which class of mistake
 * @param message what is wrong, for a person, without a full stop: {@code unknown step "chioce"}; foreign text in it is quoted and cut
 * @param hint what to do or what was meant, without a full stop: {@code did you mean "choice"?}; may be empty
 * @param excerpt the line as it stands in the file, cut to 200 characters; empty if there is none
 */
public record Mistake(String file, int line, int column, Code code, String message, String hint, String excerpt) {
    /** The line may be the one with the password. */
    public Mistake {
        excerpt = Hidden.andAlike(excerpt);
    }

    /** The classes of mistake; each has a section in {@code docs/reference/flow-errors.md}. The words are part of the API. */
    public enum Code {
        /** It is not YAML: an open quote, a tab, a wrong indent. */
        NOT_YAML,
        /** There is nothing in the file. */
        EMPTY,
        /** The file, or what its aliases unfold to, is larger than a flow may be. */
        TOO_LARGE,
        /** A key is there twice. */
        DUPLICATE_KEY,
        /** The name of the file is none that a flow may have. */
        BAD_NAME,
        /** The file was deleted and its flows still run. */
        GONE,
        /** What stands in the list is no flow, policy or template. */
        UNKNOWN_ENTRY,
        UNKNOWN_STEP,
        UNKNOWN_FIELD,
        MISSING_FIELD,
        /** A value of another kind than there should be. */
        WRONG_VALUE,
        UNKNOWN_COMPONENT,
        FORBIDDEN_COMPONENT,
        UNKNOWN_OPTION,
        UNKNOWN_LANGUAGE,
        FORBIDDEN_LANGUAGE,
        /** An expression that its language cannot read. */
        BAD_EXPRESSION,
        /** A part of an expression that reaches out of the message. */
        FORBIDDEN_EXPRESSION,
        UNKNOWN_BEAN,
        FORBIDDEN_CLASS,
        UNKNOWN_PLACEHOLDER,
        FORBIDDEN_PLACEHOLDER,
        /** A path that leads out of the data folder. */
        OUTSIDE_DATA,
        /** Another flow, step, policy or template has that id. */
        DUPLICATE_ID,
        /** {@code direct:} or a policy or a template that is nowhere. */
        UNKNOWN_FLOW,
        /** The file is right, and its flow could not be started all the same. */
        NOT_STARTED;

        /** The word that API, command line and pages use: {@code unknown_step}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Where it is explained, relative to the address of the hub. */
        public String page() {
            return "/docs/reference/flow-errors#" + word();
        }
    }

    /** {@code alert/low-battery.camel.yaml:9:11}, as editors know it. */
    public String place() {
        return file + (line == 0 ? "" : ":" + line + (column == 0 ? "" : ":" + column));
    }

    /** {@code alert/low-battery.camel.yaml:9:11: error: unknown step "chioce" – did you mean "choice"?}. */
    public String text() {
        return place() + ": error: " + message
                + Optional.of(hint)
                        .filter(any -> !any.isEmpty())
                        .map(any -> " – " + any)
                        .orElse("");
    }
}
