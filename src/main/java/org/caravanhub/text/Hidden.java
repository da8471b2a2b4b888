package org.caravanhub.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that nobody may read in a log line or an answer. One list for the process, since a secret that was handed to a flow comes back in
 * messages of others: in the address of an endpoint, in an exception of a library. Safe for all threads.
 */
public final class Hidden {
    /** What is shorter stands in too many words to be hidden. */
    public static final int SHORTEST = 4;

    /** What is shown in its place. */
    public static final String INSTEAD = "***";

    private static final Map<String, Writings> KNOWN = new LinkedHashMap<>();

    private static volatile Needles all = new Needles(List.of());

    private Hidden() {}

    /**
     * Never show this from now on, nor as addresses, JSON, XML, Base64 and others write it.
     *
     * @throws IllegalArgumentException if it is shorter than {@link #SHORTEST} characters
     */
    public static synchronized void never(String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("a secret has at least " + SHORTEST + " characters");
        }
        if (!KNOWN.containsKey(secret)) {
            KNOWN.put(secret, Writings.of(secret));
            all = new Needles(KNOWN.values());
        }
    }

    /** The text without what may not be shown. */
    public static String in(String text) {
        return all.replaced(text, INSTEAD);
    }

    /** The same, and without what only looks like a secret: for what somebody else may read. */
    public static String andAlike(String text) {
        return SecretForms.hidden(in(text));
    }
}
