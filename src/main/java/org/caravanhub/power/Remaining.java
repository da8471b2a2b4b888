package org.caravanhub.power;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long a station lasts, or takes, if what flows now goes on.
 *
 * @param until what is reached then
 * @param minutes from the reading on
 * @param watts that flow out of the battery or into it, net
 * @param from who reckoned it
 */
public record Remaining(Until until, long minutes, long watts, From from) {
    /** Less than this flows in and out of any station that idles. */
    private static final double IDLE_WATTS = 5;

    private static final double LONGEST_MINUTES = 30 * 24 * 60;

    /** The station knows its losses; but a figure that is so many times off is one that it has not renewed. */
    private static final double MOST_APART = 3;

    /** What is reached. */
    public enum Until {
        EMPTY,
        FULL
    }

    /** Who reckoned it. */
    public enum From {
        /** The station itself. */
        STATION,
        /** The hub: what is in the battery, or has room in it, by what flows. */
        CAPACITY
    }

    /** By the metrics of one reading; empty if as good as nothing flows, or it cannot be reckoned. */
    public static Optional<Remaining> of(Map<String, Double> metrics) {
        OptionalDouble flow = net(metrics);
        if (flow.isEmpty() || Math.abs(flow.getAsDouble()) < IDLE_WATTS) {
            return Optional.empty();
        }
        double watts = flow.getAsDouble();
        Until until = watts > 0 ? Until.FULL : Until.EMPTY;
        OptionalDouble reckoned = reckoned(metrics, watts);
        OptionalDouble own = own(metrics, until);
        boolean isOwn = own.isPresent() && (reckoned.isEmpty() || isNear(own.getAsDouble(), reckoned.getAsDouble()));
        OptionalDouble minutes = isOwn ? own : reckoned;
        return minutes.isPresent() && minutes.getAsDouble() <= LONGEST_MINUTES
                ? Optional.of(new Remaining(
                        until,
                        Math.round(minutes.getAsDouble()),
                        Math.round(Math.abs(watts)),
                        isOwn ? From.STATION : From.CAPACITY))
                : Optional.empty();
    }

    /** Into the battery; less than nothing out of it. */
    private static OptionalDouble net(Map<String, Double> metrics) {
        Double in = metrics.get("in_w");
        Double out = metrics.get("out_w");
        if (in != null && out != null) {
            return OptionalDouble.of(in - out);
        }
        Double volts = metrics.get("bms_v");
        Double amperes = metrics.get("bms_a");
        return volts == null || amperes == null ? OptionalDouble.empty() : OptionalDouble.of(volts * amperes);
    }

    /** Some models tell one figure for both ways; beside one for the other way it is that one again. */
    private static OptionalDouble own(Map<String, Double> metrics, Until until) {
        String wanted = until == Until.FULL ? "full_min" : "empty_min";
        String other = until == Until.FULL ? "empty_min" : "full_min";
        Double minutes =
                metrics.get(metrics.containsKey(other) || metrics.containsKey(wanted) ? wanted : "remain_time_min");
        return minutes == null || minutes <= 0 ? OptionalDouble.empty() : OptionalDouble.of(minutes);
    }

    /** Between the limits that its owner has set; what is beyond them already takes no time. */
    private static OptionalDouble reckoned(Map<String, Double> metrics, double watts) {
        Double charge = metrics.get("soc_percent");
        Double whole = metrics.get("bms_full_ah");
        Double volts = metrics.get("bms_v");
        if (charge == null || whole == null || volts == null) {
            return OptionalDouble.empty();
        }
        double percent = watts > 0
                ? metrics.getOrDefault("max_charge_percent", 100.0) - charge
                : charge - metrics.getOrDefault("min_discharge_percent", 0.0);
        double wattHours = whole * volts * Math.max(0, percent) / 100;
        return OptionalDouble.of(60 * wattHours / Math.abs(watts));
    }

    private static boolean isNear(double one, double other) {
        return one <= MOST_APART * other && other <= MOST_APART * one;
    }
}
