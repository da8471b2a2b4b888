package org.caravanhub.mqtt;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanhub.message.TopicFilter;
import org.jspecify.annotations.Nullable;

/**
 * Receives: has a {@link Subscription} made on each connection, keeps what came in its {@link Inbox} until it is settled, and
 * acknowledges it then. One thread takes from the inbox; any thread may settle.
 */
final class MqttSubscriber implements MqttClient.User {
    /**
     * What to receive.
     *
     * @param flow whose messages they are, for log and state
     * @param interest which messages, by topic
     * @param qos the highest quality of service to ask for
     * @param maxPending how many messages may be unsettled before reading pauses
     * @param maxPayloadBytes a message larger than this is truncated
     * @param unmatched whether to pass only what no other consumer reads
     */
    record Wish(String flow, Interest interest, int qos, int maxPending, int maxPayloadBytes, boolean unmatched) {

        /** The topic filters, at least one. */
        List<TopicFilter> filters() {
            return interest.filters();
        }
    }

    private static final long MAX_PENDING_BYTES = 8L << 20;
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final Wish wish;
    private final MqttSettings settings;
    private final EventLoop loop;
    private final Clock clock;
    private final Subscriptions subscriptions;
    private final Unmatched unmatched;
    private final Inbox inbox;
    private final Subscription subscription;
    private final MqttClient client;
    private final AtomicLong setAside = new AtomicLong();

    // Written on the event loop only.
    private @Nullable MqttLink link;
    private volatile long received;
    /** When something was settled last, or came after nothing was pending. */
    private volatile Instant lastProgress;

    MqttSubscriber(Wish wish, MqttSettings settings, EventLoop loop, Clock clock, Subscriptions subscriptions) {
        this.wish = wish;
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.unmatched = new Unmatched(subscriptions);
        this.inbox = new Inbox(wish.maxPending(), MAX_PENDING_BYTES);
        this.lastProgress = clock.instant();
        this.subscription = new Subscription(wish, settings, loop, subscriptions, () -> received);
        this.client = new MqttClient("flow=" + wish.flow(), settings, wish.maxPayloadBytes(), loop, clock, this);
    }

    /** Begins to connect; returns at once. */
    void start() {
        subscriptions.add(this);
        client.start();
    }

    /** The messages that came, for the one thread that works on them. */
    Inbox inbox() {
        return inbox;
    }

    /** These are done with, for good: the broker need not send them again. All came on the same connection. */
    void done(List<Delivery> deliveries) {
        deliveries.get(0).acks().acknowledge(deliveries);
        settled(deliveries);
    }

    /** These are not done, but nobody works on them any more: the broker sends them again on a later connection. */
    void leave(List<Delivery> deliveries) {
        settled(deliveries);
    }

    /** This one could be neither worked on nor set aside: ends the connection, so that the broker sends it again. */
    void giveBack(Delivery delivery, String reason) {
        client.drop(reason);
        settled(List.of(delivery));
    }

    /** One message was set aside; for the state. */
    void countSetAside() {
        setAside.incrementAndGet();
    }

    private void settled(List<Delivery> deliveries) {
        lastProgress = clock.instant();
        if (inbox.settle(deliveries)) {
            loop.execute(() -> {
                if (link != null && !inbox.isFull() && !inbox.isClosed()) {
                    link.reading(true);
                }
            });
        }
    }

    /** Takes in nothing more. What waits stays with the broker. */
    void pause() {
        subscriptions.remove(this);
        inbox.close();
        loop.execute(() -> {
            if (link != null) {
                link.reading(false);
            }
        });
    }

    /** Says goodbye; the broker keeps the session. */
    CompletableFuture<@Nullable Void> stop() {
        return client.stop();
    }

    @Override
    public void connected(MqttLink made, MqttConnAckMessage answer) {
        link = made;
        made.reading(!inbox.isFull() && !inbox.isClosed());
        if (!inbox.isClosed()) {
            subscription.begin(made, answer.variableHeader().isSessionPresent());
            if (answer.variableHeader().isSessionPresent()) {
                subscriptions.resumed();
            }
        }
    }

    @Override
    public void answered(MqttMessage message) {
        subscription.answered(message);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void arrived(List<Delivery> deliveries) {
        received += deliveries.size();
        List<Delivery> wanted = wish.interest().of(deliveries);
        if (subscription.mayHoldMore()) {
            wanted = wish.interest().asked(wanted);
        }
        if (wish.unmatched()) {
            wanted = unmatched.of(wanted);
        }
        if (wanted.size() < deliveries.size()) {
            deliveries.get(0).acks().acknowledge(without(deliveries, wanted));
        }
        if (wanted.isEmpty()) {
            return;
        }
        if (inbox.pending() == 0) {
            lastProgress = clock.instant();
        }
        if (inbox.add(wanted) && link != null) {
            link.reading(false);
        }
    }

    private static List<Delivery> without(List<Delivery> all, List<Delivery> some) {
        List<Delivery> rest = new ArrayList<>();
        int next = 0;
        for (Delivery delivery : all) {
            if (next < some.size() && some.get(next) == delivery) {
                next++;
            } else {
                rest.add(delivery);
            }
        }
        return rest;
    }

    @Override
    public void disconnected() {
        link = null;
        subscription.end();
    }

    String flow() {
        return wish.flow();
    }

    MqttSettings settings() {
        return settings;
    }

    String session() {
        return Sessions.name(settings);
    }

    Interest interest() {
        return wish.interest();
    }

    boolean wantsUnmatched() {
        return wish.unmatched();
    }

    /** Whether what is published comes. */
    boolean isSubscribed() {
        return client.status().connected() && subscription.isConfirmed();
    }

    /** How it is doing. */
    ConsumerState state() {
        MqttClient.Status status = client.status();
        int pending = inbox.pending();
        Instant progress = lastProgress;
        boolean stalled =
                pending > 0 && Duration.between(progress, clock.instant()).compareTo(STALLED) >= 0;
        return new ConsumerState(
                wish.flow(),
                settings.clientId(),
                settings.broker().toString(),
                wish.filters().stream().map(TopicFilter::toString).toList(),
                status.connected(),
                status.since(),
                status.reason(),
                subscription.isConfirmed(),
                status.sessionPresent(),
                subscription.refused(),
                pending,
                received,
                setAside.get(),
                Math.max(0, status.connects() - 1),
                subscription.sessionsLost(),
                stalled ? Optional.of(progress) : Optional.empty());
    }
}
