package org.caravanhub.command;

import java.util.OptionalLong;

/**
 * What a device says of a command.
 *
 * @param device whose topic it came on
 * @param reference which command it means
 * @param sequence its number, where it is told
 * @param outcome what became of it
 * @param message in the device's words; may be empty
 * @param answer all that it said, a JSON object
 */
public record Acknowledgement(
        String device, String reference, OptionalLong sequence, Outcome outcome, String message, String answer) {
    /** What became of a command, as its device says. */
    public enum Outcome {
        /** It has it. */
        RECEIVED,
        /** It had it before. */
        REPEATED,
        /** It did it. */
        DONE,
        /** It could not, or would not. */
        FAILED
    }
}
