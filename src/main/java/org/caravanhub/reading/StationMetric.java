package org.caravanhub.reading;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** What numbers of a power station can mean at all, whoever tells them: its maker's cloud, or a bridge beside it. */
public final class StationMetric {
    private static final Set<BigDecimal> UNKNOWN = Set.of(new BigDecimal("4294967295"), new BigDecimal("65535"));
    private static final Set<BigDecimal> NO_TIME = Set.of(new BigDecimal(143_999), new BigDecimal(5_999));

    /** More digits than any of them has. */
    private static final int DIGITS = 20;

    private StationMetric() {}

    /** The number that this text is; none if it is no number, or one that stands for "not known" whatever it is of. */
    public static Optional<BigDecimal> number(String text) {
        return parsed(text).filter(number -> !UNKNOWN.contains(number.stripTrailingZeros()));
    }

    /** The number that this text is, whatever it stands for. */
    static Optional<BigDecimal> parsed(String text) {
        String stripped = text.strip();
        if (stripped.length() > 2 * DIGITS) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(stripped);
            boolean isSane = number.precision() <= DIGITS && Math.abs(number.scale()) <= DIGITS;
            return isSane ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether this number stands for nothing where it is of this metric. */
    public static boolean isNothing(String metric, BigDecimal raw) {
        return metric.endsWith("_min")
                ? NO_TIME.contains(raw.abs().stripTrailingZeros())
                : metric.equals("bms_soh_percent") && raw.signum() == 0;
    }

    /** Whether the end of a metric's name is a unit whose bounds are known. */
    static boolean isMeasured(String metric) {
        return switch (unit(metric)) {
            case "percent", "w", "v", "a", "c", "hz", "enabled", "min", "wh", "ah", "cycles" -> metric.indexOf('_') > 0;
            default -> false;
        };
    }

    /**
     * Whether a station can have it.
     *
     * @param mostWatts more than this nothing in it carries
     */
    public static boolean isPlausible(String metric, BigDecimal value, BigDecimal mostWatts) {
        return switch (unit(metric)) {
            case "percent" -> isWithin(value, 0, 100);
            case "w" -> value.signum() >= 0 && value.compareTo(mostWatts) <= 0;
            case "v" -> isWithin(value, 0, 500);
            case "a" -> isWithin(value, -500, 500);
            case "c" -> isWithin(value, -40, 120);
            case "hz" -> isWithin(value, 0, 70);
            case "enabled" -> isWithin(value, 0, 255);
            default -> isWithin(value, 0, 100_000_000);
        };
    }

    private static String unit(String metric) {
        return metric.substring(metric.lastIndexOf('_') + 1);
    }

    private static boolean isWithin(BigDecimal value, long least, long most) {
        return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    }
}
