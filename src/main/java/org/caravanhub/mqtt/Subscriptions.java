package org.caravanhub.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanhub.message.TopicFilter;
import org.jspecify.annotations.Nullable;

/** Who subscribes to what in this process, and what the broker's sessions are known to hold. For use by several threads. */
final class Subscriptions {
    private final CopyOnWriteArrayList<MqttSubscriber> running = new CopyOnWriteArrayList<>();
    private final Map<String, List<TopicFilter>> held = new ConcurrentHashMap<>();
    private volatile Interest[] read = {};
    private volatile long resumedNanos = System.nanoTime() - Duration.ofDays(1).toNanos();

    void add(MqttSubscriber subscriber) {
        running.add(subscriber);
        remember();
    }

    void remove(MqttSubscriber subscriber) {
        running.remove(subscriber);
        remember();
    }

    /** How each running consumer is doing, ordered by flow. */
    List<ConsumerState> states() {
        List<ConsumerState> states = new ArrayList<>();
        for (MqttSubscriber subscriber : running) {
            states.add(subscriber.state());
        }
        states.sort(Comparator.comparing(ConsumerState::flow));
        return states;
    }

    /** A consumer is connected again, and the broker has kept what came meanwhile. */
    void resumed() {
        resumedNanos = System.nanoTime();
    }

    /** How long ago that happened last; a day or more if it never did. */
    Duration sinceResumed() {
        return Duration.ofNanos(System.nanoTime() - resumedNanos);
    }

    /** Whether any consumer is subscribed; true if there is none. */
    boolean anySubscribed() {
        return running.isEmpty() || running.stream().anyMatch(MqttSubscriber::isSubscribed);
    }

    /** Whether a consumer runs on this session. */
    boolean isReading(String session) {
        return running.stream().anyMatch(subscriber -> subscriber.session().equals(session));
    }

    /** Whether a consumer of this flow runs. */
    boolean isRunning(String flow) {
        return running.stream().anyMatch(subscriber -> subscriber.flow().equals(flow));
    }

    /** What all consumers read that read by topic; a new array whenever one starts or stops. */
    Interest[] read() {
        return read;
    }

    /** The filters that this client's session holds at the broker; absent if this process has not subscribed yet. */
    @Nullable
    List<TopicFilter> heldBy(String session) {
        return held.get(session);
    }

    void held(String session, List<TopicFilter> filters) {
        held.put(session, filters);
    }

    void forget(String session) {
        held.remove(session);
    }

    private synchronized void remember() {
        List<Interest> interests = new ArrayList<>();
        for (MqttSubscriber subscriber : running) {
            if (!subscriber.wantsUnmatched()) {
                interests.add(subscriber.interest());
            }
        }
        read = interests.toArray(new Interest[0]);
    }
}
