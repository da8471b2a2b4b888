package org.caravanhub.ota.version;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.caravanhub.ota.version.VersionOrder.Order;

/**
 * A version that has an order: numbers, and what semver calls a pre-release. Build metadata counts nothing.
 *
 * @param numbers at least two; those that are missing are 0
 * @param early the identifiers of a pre-release; none for a release
 */
record Numbered(List<BigInteger> numbers, List<String> early) {
    /** The expression of semver.org. */
    private static final Pattern SEMVER = Pattern.compile("^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
            + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$");

    /** {@code 2024.06.1} has a leading zero, {@code 10.0.0.4} has four parts: no semver, and clear all the same. */
    private static final Pattern LIST = Pattern.compile("\\d+(?:\\.\\d+)+");

    /** {@code 1.13.1-2-gb295815} is two commits after 1.13.1, and semver would have it before. */
    private static final Pattern GIT_DESCRIBE = Pattern.compile("(?:.*-)?(?:\\d+-g[0-9a-f]{4,40}|dirty)(?:-dirty)?");

    /** Nobody writes longer ones, and the cost of comparing is bounded. */
    private static final int LONGEST = 256;

    /** Empty if it is a text like any other. */
    static Optional<Numbered> of(String version) {
        if (version.length() > LONGEST) {
            return Optional.empty();
        }
        String bare = bare(version);
        Matcher semver = SEMVER.matcher(bare);
        if (semver.matches()) {
            String early = semver.group(4);
            if (early != null && GIT_DESCRIBE.matcher(early).matches()) {
                return Optional.empty();
            }
            return Optional.of(new Numbered(
                    Stream.of(1, 2, 3).map(semver::group).map(BigInteger::new).toList(),
                    early == null ? List.of() : List.of(early.split("\\.", -1))));
        }
        if (LIST.matcher(bare).matches()) {
            return Optional.of(new Numbered(
                    Stream.of(bare.split("\\.", -1)).map(BigInteger::new).toList(), List.of()));
        }
        return Optional.empty();
    }

    /** Without a leading v, or what npm puts there. */
    private static String bare(String version) {
        String text = version.strip();
        return !text.isEmpty() && "vV=".indexOf(text.charAt(0)) >= 0
                ? text.substring(1).strip()
                : text;
    }

    Order compare(Numbered other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int comparison = number(i).compareTo(other.number(i));
            if (comparison != 0) {
                return Order.of(comparison);
            }
        }
        if (early.isEmpty() || other.early.isEmpty()) {
            // What is early comes before what is not.
            return Order.of(Boolean.compare(early.isEmpty(), other.early.isEmpty()));
        }
        for (int i = 0; i < Math.min(early.size(), other.early.size()); i++) {
            int comparison = compare(early.get(i), other.early.get(i));
            if (comparison != 0) {
                return Order.of(comparison);
            }
        }
        return Order.of(Integer.compare(early.size(), other.early.size()));
    }

    private BigInteger number(int index) {
        return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
    }

    /** Numbers by their size, and before words; words letter by letter, capitals first. */
    private static int compare(String identifier, String other) {
        boolean isNumber = isNumber(identifier);
        if (isNumber != isNumber(other)) {
            return isNumber ? -1 : 1;
        }
        return isNumber ? new BigInteger(identifier).compareTo(new BigInteger(other)) : identifier.compareTo(other);
    }

    private static boolean isNumber(String identifier) {
        return identifier.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }
}
