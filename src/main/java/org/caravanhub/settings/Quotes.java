package org.caravanhub.settings;

/** Makes what somebody wrote safe to show: no control characters, not too long. */
final class Quotes {
    private static final int LONGEST = 80;

    private Quotes() {}

    static String cut(String foreign) {
        StringBuilder shown = new StringBuilder();
        foreign.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(shown::appendCodePoint);
        return foreign.codePointCount(0, foreign.length()) > LONGEST ? shown + "…" : shown.toString();
    }
}
