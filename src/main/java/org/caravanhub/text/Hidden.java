package org.caravanhub.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Texts that nobody may read in a log line or an answer. One list for the process, since a secret that was handed to a flow comes back in
 * messages of others: in the address of an endpoint, in an exception of a library. Safe for all threads.
 */
public final class Hidden {
    /** What is shorter stands in too many words to be hidden. */
    public static final int SHORTEST = 4;

    /** What is shown in its place. */
    public static final String INSTEAD = "***";

    /** Longest first, so that no rest of one is left by another. */
    private static volatile List<String> all = List.of();

    private Hidden() {}

    /**
     * Never show this from now on, nor as a URL writes it.
     *
     * @throws IllegalArgumentException if it is shorter than {@link #SHORTEST} characters
     */
    public static synchronized void never(String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("a secret has at least " + SHORTEST + " characters");
        }
        Set<String> texts = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        texts.addAll(all);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        texts.add(secret);
        texts.add(encoded);
        texts.add(encoded.replace("+", "%20"));
        texts.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        all = List.copyOf(texts);
    }

    /** The text without what may not be shown. */
    public static String in(String text) {
        String shown = text;
        for (String secret : all) {
            shown = shown.replace(secret, INSTEAD);
        }
        return shown;
    }
}
