package org.caravanhub.ecoflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.caravanhub.reading.StationMetric;

/**
 * One value as the cloud writes it: a number, a number in quotes, or something else.
 *
 * @param node as it was written
 */
record Quota(JsonNode node) {
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
        return node.isNumber() || node.isTextual() ? StationMetric.number(node.asText()) : Optional.empty();
    }
}
