package org.caravanhub.ota;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bytes of a file were asked for with {@code Range}, by RFC 9110 section 14. */
public sealed interface ByteRange {
    /** All of them, with 200: nothing was said, or nothing that has to be understood. */
    record Whole() implements ByteRange {}

    /**
     * These, with 206.
     *
     * @param first the first byte, from 0
     * @param last the last one, within the file
     */
    record Part(long first, long last) implements ByteRange {
        /** How many bytes. */
        public long length() {
            return last - first + 1;
        }
    }

    /** None, with 416: the file ends before them. */
    record Beyond() implements ByteRange {}

    /** One range; no more digits are looked at than a number of Java has. */
    Pattern ONE = Pattern.compile("\\s*bytes=[ \\t]*(\\d{0,400})-(\\d{0,400})[ \\t]*", Pattern.CASE_INSENSITIVE);

    /** Longer than the largest {@code long} may be, and larger than every file. */
    int MOST_DIGITS = 18;

    /**
     * Reads it. A range that ends after the file ends with the file: ESP-IDF asks for one byte too many. Several ranges, ranges backwards
     * and what is no range get the whole file, which RFC 9110 allows; no device reads an answer of several parts, and a list of a thousand
     * would be a way to make the hub work.
     *
     * @param headers every {@code Range} of the request
     * @param total how many bytes the file has
     */
    static ByteRange of(List<String> headers, long total) {
        Matcher one = ONE.matcher(headers.size() == 1 ? headers.get(0) : "");
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return new Whole();
        }
        if (one.group(1).isEmpty()) {
            long length = Math.min(number(one.group(2)), total);
            return length == 0 ? new Beyond() : new Part(total - length, total - 1);
        }
        long first = number(one.group(1));
        long last = one.group(2).isEmpty() ? Long.MAX_VALUE : number(one.group(2));
        if (last < first) {
            return new Whole();
        }
        return first >= total ? new Beyond() : new Part(first, Math.min(last, total - 1));
    }

    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
    }
}
