package org.caravanhub.cli;

/** A mistake in a flow file as the hub tells it, in the form that editors know: {@code file:9:11: error: what – hint}. */
final class FlowMistake {
    private FlowMistake() {}

    /** In one line. */
    static String text(Json mistake) {
        StringBuilder text = new StringBuilder(mistake.textOrEmpty("file"));
        if (mistake.number("line") > 0) {
            text.append(':').append(mistake.number("line"));
            if (mistake.number("column") > 0) {
                text.append(':').append(mistake.number("column"));
            }
        }
        text.append(": error: ").append(mistake.textOrEmpty("message"));
        if (!mistake.textOrEmpty("hint").isEmpty()) {
            text.append(" – ").append(mistake.textOrEmpty("hint"));
        }
        return text.toString();
    }
}
