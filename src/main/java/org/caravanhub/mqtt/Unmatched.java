package org.caravanhub.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Picks the messages that no other consumer of this process reads. Not for use by several threads. */
final class Unmatched {
    private static final int REMEMBERED_TOPICS = 2_000;

    private final Subscriptions subscriptions;
    private final Map<String, Boolean> answers = new HashMap<>();
    private Interest[] asked = {};

    Unmatched(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Those of these that nobody else reads, in their order. */
    List<Delivery> of(List<Delivery> deliveries) {
        Interest[] interests = subscriptions.read();
        if (interests != asked || answers.size() > REMEMBERED_TOPICS) {
            asked = interests;
            answers.clear();
        }
        List<Delivery> unmatched = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            if (!answers.computeIfAbsent(delivery.message().topic(), this::isRead)) {
                unmatched.add(delivery);
            }
        }
        return unmatched;
    }

    private boolean isRead(String topic) {
        for (Interest interest : asked) {
            if (interest.reads(topic)) {
                return true;
            }
        }
        return false;
    }
}
