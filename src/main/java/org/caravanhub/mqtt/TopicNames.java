package org.caravanhub.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Topics as text, remembered: devices publish on the same few topics for years, and a text that is the same object again costs
 * neither memory nor a second hash. Bytes that are not UTF-8 become U+FFFD. Not for use by several threads.
 */
final class TopicNames {
    private static final int SLOTS = 512;
    private static final int LONGEST_REMEMBERED = 256;

    private final byte[][] bytes = new byte[SLOTS][];
    private final String[] names = new String[SLOTS];

    /** The topic written in these bytes. */
    String name(byte[] from, int start, int length) {
        if (length > LONGEST_REMEMBERED) {
            return new String(from, start, length, StandardCharsets.UTF_8);
        }
        int hash = length;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + from[i];
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        byte[] known = bytes[slot];
        if (known == null || !Arrays.equals(known, 0, known.length, from, start, start + length)) {
            bytes[slot] = Arrays.copyOfRange(from, start, start + length);
            names[slot] = new String(from, start, length, StandardCharsets.UTF_8);
        }
        return names[slot];
    }
}
