package org.caravanhub.ecoflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One value as the cloud writes it: a number, a number in quotes, or something else.
 *
 * @param node as it was written
 */
record Quota(JsonNode node) {
    /** These stand for "not known", whatever the key. */
    private static final Set<BigDecimal> NOTHING = Set.of(new BigDecimal("4294967295"), new BigDecimal("65535"));

    /** More digits than any of them has. */
    private static final int DIGITS = 20;

    /** The values by key, {@code pd.soc}; objects in objects become dots, lists stay whole. */
    static SortedMap<String, Quota> flat(JsonNode data) {
        SortedMap<String, Quota> all = new TreeMap<>();
        flatten("", data, all);
        return all;
    }

    private static void flatten(String place, JsonNode node, SortedMap<String, Quota> all) {
        if (node.isObject()) {
            node.properties()
                    .forEach(each -> flatten(
                            place.isEmpty() ? each.getKey() : place + "." + each.getKey(), each.getValue(), all));
        } else if (!place.isEmpty() && !node.isNull()) {
            all.put(place, new Quota(node));
        }
    }

    /** The number, if it is one and means something. */
    Optional<BigDecimal> number() {
        if (!node.isNumber() && !node.isTextual()) {
            return Optional.empty();
        }
        try {
            String text = node.asText().strip();
            BigDecimal number = text.length() > 2 * DIGITS ? BigDecimal.ZERO : new BigDecimal(text);
            boolean isSane =
                    text.length() <= 2 * DIGITS && number.precision() <= DIGITS && Math.abs(number.scale()) <= DIGITS;
            return isSane && !NOTHING.contains(number.stripTrailingZeros()) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
