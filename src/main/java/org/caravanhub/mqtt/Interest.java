package org.caravanhub.mqtt;

import java.util.ArrayList;
import java.util.List;
import org.caravanhub.message.TopicFilter;

/**
 * Which messages a consumer reads. Two consumers whose filters overlap each have their exceptions, so that a message is read by one
 * of them.
 *
 * @param filters what the broker is asked for, at least one
 * @param except of that, what is left to other consumers
 * @param skipRetained whether what the broker kept from before the subscription is left out; MQTT 5 does not send it, 3.1.1 does
 */
record Interest(List<TopicFilter> filters, List<TopicFilter> except, boolean skipRetained) {

    /** Whether a message on this topic is read. */
    boolean reads(String topic) {
        return matchesAny(filters, topic) && !matchesAny(except, topic);
    }

    /** Those of these, which came by the filters, that are read; the same list if all are. */
    List<Delivery> of(List<Delivery> deliveries) {
        if (!skipRetained && except.isEmpty()) {
            return deliveries;
        }
        List<Delivery> wanted = new ArrayList<>(deliveries.size());
        for (int i = 0; i < deliveries.size(); i++) {
            Delivery delivery = deliveries.get(i);
            boolean isOld = skipRetained && delivery.message().retained();
            if (!isOld && !matchesAny(except, delivery.message().topic())) {
                wanted.add(delivery);
            }
        }
        return wanted;
    }

    /** Those of these that came by one of the filters, and not by one of an earlier version of the flow. */
    List<Delivery> asked(List<Delivery> deliveries) {
        return deliveries.stream()
                .filter(delivery -> matchesAny(filters, delivery.message().topic()))
                .toList();
    }

    private static boolean matchesAny(List<TopicFilter> filters, String topic) {
        for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i).matches(topic)) {
                return true;
            }
        }
        return false;
    }
}
