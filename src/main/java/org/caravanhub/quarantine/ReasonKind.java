package org.caravanhub.quarantine;

import java.util.regex.Pattern;

/** What reasons have in common that tell the same mistake of different messages. */
final class ReasonKind {
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)*");

    private ReasonKind() {}

    /** The reason without what differs from message to message: {@code not JSON at byte N}. */
    static String of(String reason) {
        String unquoted = QUOTED.matcher(reason).replaceAll("\"…\"");
        return NUMBER.matcher(unquoted).replaceAll("N");
    }
}
