package org.caravanhub.reading;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.reading.Malformed.Cause;

/**
 * What a bridge says of a power station, in the same words as if its maker's cloud had said it: paku's names become the hub's, texts
 * become numbers, what stands for "not known" is not in it, and what cannot be is left out.
 *
 * @param metrics what is left, and which bridge said it
 * @param isDoubtful whether something could not be
 */
record StationMetrics(Metrics metrics, boolean isDoubtful) {
    /** The metric with the bridge's id. */
    static final String BRIDGE = "bridge";

    private static final Map<String, String> OTHERWISE = Map.of(
            "soc", "soc_percent",
            "watts_in", "in_w",
            "watts_out", "out_w");

    /** What no station carries; which model it is a bridge does not say. */
    private static final BigDecimal MOST_WATTS = new BigDecimal(15_000);

    static StationMetrics of(Metrics said, String bridge) {
        StringBuilder json = new StringBuilder(256).append('{');
        Set<String> names = new HashSet<>();
        boolean isDoubtful = false;
        MetricMembers members = new MetricMembers();
        members.open(said);
        while (members.next()) {
            String quoted = members.name();
            String written = quoted.substring(1, quoted.length() - 1);
            String name = OTHERWISE.getOrDefault(written, written);
            String value = members.value();
            if (!names.add(name)) {
                throw new Flaw(Cause.DUPLICATE_KEY, name + " is given twice, under two names; which one counts?");
            }
            if (name.equals(BRIDGE) || isNothing(name, value)) {
                continue;
            }
            if (name.indexOf('\\') >= 0) { // a letter written otherwise could make it another's name
                isDoubtful = true;
                continue;
            }
            Optional<String> kept = StationMetric.isMeasured(name) ? measured(name, value) : Optional.of(value);
            kept.ifPresent(text ->
                    json.append('"').append(name).append("\":").append(text).append(','));
            isDoubtful |= kept.isEmpty();
        }
        if (json.length() == 1) {
            throw new Flaw(
                    Cause.NO_METRICS,
                    "none of its values is one that a power station can have; expected such as \"soc_percent\":76");
        }
        json.append('"').append(BRIDGE).append("\":\"").append(bridge).append("\"}");
        return new StationMetrics(Metrics.ofChecked(json.toString().getBytes(StandardCharsets.UTF_8)), isDoubtful);
    }

    private static boolean isNothing(String name, String value) {
        if (!StationMetric.isMeasured(name)) {
            return false;
        }
        String text = unquoted(value);
        Optional<BigDecimal> number = StationMetric.parsed(text);
        return text.isBlank()
                || text.equals("null")
                || (number.isPresent()
                        && (StationMetric.number(text).isEmpty() || StationMetric.isNothing(name, number.get())));
    }

    /** The number as it is kept; none if it is no number, or cannot be. */
    private static Optional<String> measured(String name, String value) {
        String text = name.endsWith("_enabled") ? truth(value) : unquoted(value);
        return StationMetric.number(text)
                .map(number -> name.equals("remain_time_min") ? number.abs() : number)
                .filter(number -> StationMetric.isPlausible(name, number, MOST_WATTS))
                .map(StationMetrics::plain);
    }

    private static String truth(String value) {
        return switch (value) {
            case "true" -> "1";
            case "false" -> "0";
            default -> unquoted(value);
        };
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }
}
