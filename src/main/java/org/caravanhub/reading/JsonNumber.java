package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;

/** The shape of numbers in JSON: {@code -12.5e+3}, without a leading zero, a leading plus or a bare point. */
final class JsonNumber {
    private static final String[] NOT_FINITE = {"nan", "-nan", "inf", "-inf", "+inf"};

    private JsonNumber() {}

    /** Where the number ends that begins at {@code at}; {@code at} itself if none begins there. */
    static int end(byte[] json, int at, int end) {
        int i = at < end && json[at] == '-' ? at + 1 : at;
        int digits = digits(json, i, end);
        if (digits == i) {
            return at;
        }
        i = json[i] == '0' ? i + 1 : digits;
        if (i < end && json[i] == '.') {
            digits = digits(json, i + 1, end);
            if (digits == i + 1) {
                return at;
            }
            i = digits;
        }
        if (i < end && (json[i] | 0x20) == 'e') {
            int first = i + 1 < end && (json[i + 1] == '+' || json[i + 1] == '-') ? i + 2 : i + 1;
            digits = digits(json, first, end);
            if (digits == first) {
                return at;
            }
            i = digits;
        }
        return i;
    }

    private static int digits(byte[] json, int at, int end) {
        int i = at;
        while (i < end && json[i] >= '0' && json[i] <= '9') {
            i++;
        }
        return i;
    }

    /** Whether there is an exponent; within the limit on a number's length, only that can make it too large for a double. */
    static boolean hasExponent(byte[] json, int from, int to) {
        for (int i = from; i < to; i++) {
            if ((json[i] | 0x20) == 'e') {
                return true;
            }
        }
        return false;
    }

    static double toDouble(byte[] json, int from, int to) {
        return Double.parseDouble(new String(json, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /** Whether here is what C, Python and JavaScript print for a number that is none: {@code NaN}, {@code -inf}, {@code Infinity}. */
    static boolean isNotFinite(byte[] json, int at, int end) {
        for (String word : NOT_FINITE) {
            int i = 0;
            while (i < word.length() && at + i < end && Character.toLowerCase(json[at + i]) == word.charAt(i)) {
                i++;
            }
            if (i == word.length()) {
                return true;
            }
        }
        return false;
    }
}
