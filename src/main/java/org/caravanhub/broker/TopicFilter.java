package org.caravanhub.broker;

/**
 * MQTT topic filters as text: levels divided by {@code /}, {@code +} for one level, {@code #} for the rest (MQTT 5, section 4.7).
 */
public final class TopicFilter {
    private static final int MAX_CHARACTERS = 1024;

    private TopicFilter() {}

    /**
     * Checks a filter that goes into a rule.
     *
     * @return the filter
     * @throws IllegalArgumentException if it is no filter, or holds what a line of an access control file cannot
     */
    public static String require(String filter) {
        if (filter.isEmpty() || filter.length() > MAX_CHARACTERS || !filter.equals(filter.strip())) {
            throw new IllegalArgumentException("a topic filter has 1 to " + MAX_CHARACTERS
                    + " characters and no space at either end: \"" + shown(filter) + "\"");
        }
        for (int i = 0; i < filter.length(); i++) {
            if (Character.isISOControl(filter.charAt(i))) {
                throw new IllegalArgumentException(
                        "a topic filter has no control characters: \"" + shown(filter) + "\"");
            }
        }
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            boolean wild = level.contains("+") || level.contains("#");
            boolean allowed = level.equals("+") || (level.equals("#") && i == levels.length - 1);
            if (wild && !allowed) {
                throw new IllegalArgumentException(
                        "in a topic filter + stands alone in its level, and # alone in the last: \"" + shown(filter)
                                + "\"");
            }
        }
        return filter;
    }

    /**
     * Whether a rule allows everything that a filter, or a topic, stands for. A rule that begins with a wildcard does not
     * cover topics of the broker itself, which begin with {@code $}.
     */
    public static boolean covers(String rule, String requested) {
        if (requested.startsWith("$") && !rule.startsWith("$")) {
            return false;
        }
        String[] allowed = rule.split("/", -1);
        String[] asked = requested.split("/", -1);
        for (int i = 0; i < allowed.length; i++) {
            if (allowed[i].equals("#")) {
                return true;
            }
            if (i == asked.length || asked[i].equals("#")) {
                return false;
            }
            if (!allowed[i].equals("+") && !allowed[i].equals(asked[i])) {
                return false;
            }
        }
        // "a/#" also stands for "a" itself, so that a rule "a" never covers it, while "a/#" covers "a".
        return asked.length == allowed.length;
    }

    private static String shown(String foreign) {
        String cut = foreign.length() > 80 ? foreign.substring(0, 80) + "…" : foreign;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
