package org.caravanhub.live;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A limit that a value is not to cross. It has crossed it when it was beyond for so long, and is back when it is on the good side of
 * {@code until}; between the two nothing changes, so that a value that trembles at the limit is told once.
 *
 * @param below told when the value is less than this
 * @param above told when the value is more than this
 * @param until where it must come back to; empty for the limit itself
 * @param hold how long it must be beyond, by the device's time
 */
public record Limit(OptionalDouble below, OptionalDouble above, OptionalDouble until, Duration hold) {

    /**
     * Checks that it makes sense.
     *
     * @throws IllegalArgumentException if it does not, saying why
     */
    public Limit {
        if (below.isPresent() && above.isPresent()) {
            if (until.isPresent()) {
                throw new IllegalArgumentException("until needs one limit; with below and above it is not known which");
            }
            if (above.getAsDouble() <= below.getAsDouble()) {
                throw new IllegalArgumentException("above is " + number(above) + " and below is " + number(below)
                        + "; every value would be beyond, write above larger than below");
            }
        }
        if (until.isPresent() && below.isPresent() && until.getAsDouble() < below.getAsDouble()) {
            throw new IllegalArgumentException("until is " + number(until) + "; with below " + number(below)
                    + " it must be " + number(below) + " or more");
        }
        if (until.isPresent() && above.isPresent() && until.getAsDouble() > above.getAsDouble()) {
            throw new IllegalArgumentException("until is " + number(until) + "; with above " + number(above)
                    + " it must be " + number(above) + " or less");
        }
        if (!isSet(below, above) && (until.isPresent() || !hold.isZero())) {
            throw new IllegalArgumentException("until and for need a limit: below or above");
        }
        if (hold.isNegative()) {
            throw new IllegalArgumentException("for is negative; how long should a value be beyond its limit?");
        }
    }

    /** Whether there is one; without it every value is told. */
    public boolean isSet() {
        return isSet(below, above);
    }

    /** Whether a value is on its bad side. */
    public boolean isBeyond(double value) {
        return (below.isPresent() && value < below.getAsDouble()) || (above.isPresent() && value > above.getAsDouble());
    }

    /** Whether a value that was on its bad side has come back. */
    public boolean isBack(double value) {
        boolean fromBelow = below.isEmpty() || value >= until.orElse(below.getAsDouble());
        boolean fromAbove = above.isEmpty() || value <= until.orElse(above.getAsDouble());
        return fromBelow && fromAbove;
    }

    /** It in a few words, the same for the same limits: {@code below 3 until 4}. How long it must be beyond is not part of it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        below.ifPresent(value -> text.append("below ").append(number(below)).append(' '));
        above.ifPresent(value -> text.append("above ").append(number(above)).append(' '));
        until.ifPresent(value -> text.append("until ").append(number(until)));
        return text.toString().strip();
    }

    private static boolean isSet(OptionalDouble below, OptionalDouble above) {
        return below.isPresent() || above.isPresent();
    }

    private static String number(OptionalDouble value) {
        double number = value.orElseThrow();
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
