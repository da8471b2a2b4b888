package org.caravanhub.ecoflow;

import org.caravanhub.text.Plain;

/** The question was asked and not answered in a way that is of use. */
final class NoAnswer extends Exception {
    private final transient Trouble trouble;

    NoAnswer(Trouble trouble) {
        super(trouble.what(), null, false, false);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }

    /** What a failure says, on one line and not too long. */
    static String line(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null ? failure.getClass().getSimpleName() : message;
        return Plain.line(text.length() > 160 ? text.substring(0, 160) : text);
    }
}
