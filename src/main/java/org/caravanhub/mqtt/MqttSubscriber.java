package org.caravanhub.mqtt;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives: subscribes when the broker does not hold our subscriptions already, keeps what came in its {@link Inbox} until it is
 * settled, and acknowledges it then. One thread takes from the inbox; any thread may settle.
 */
final class MqttSubscriber implements MqttClient.User {
    /**
     * What to receive.
     *
     * @param flow whose messages they are, for log and state
     * @param filters topic filters, at least one
     * @param qos the highest quality of service to ask for
     * @param maxPending how many messages may be unsettled before reading pauses
     * @param maxPayloadBytes a message larger than this is truncated
     * @param unmatched whether to pass only what no other consumer reads
     */
    record Wish(
            String flow, List<TopicFilter> filters, int qos, int maxPending, int maxPayloadBytes, boolean unmatched) {}

    private static final Logger LOG = LoggerFactory.getLogger(MqttSubscriber.class);
    private static final long MAX_PENDING_BYTES = 8L << 20;
    private static final Duration STALLED = Duration.ofSeconds(30);
    private static final long ANSWER_SECONDS = 10;
    private static final long ASK_AGAIN_SECONDS = 60;

    private final Wish wish;
    private final MqttSettings settings;
    private final EventLoop loop;
    private final Clock clock;
    private final Subscriptions subscriptions;
    private final Unmatched unmatched;
    private final Inbox inbox;
    private final MqttClient client;
    private final AtomicLong setAside = new AtomicLong();

    // Written on the event loop only.
    private @Nullable MqttLink link;
    private int lastPacketId;
    private int askedPacketId;
    private volatile long received;
    private volatile long sessionsLost;
    private volatile boolean subscribed;
    private volatile List<String> refused = List.of();
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
        askedPacketId = 0;
        made.reading(!inbox.isFull() && !inbox.isClosed());
        List<TopicFilter> held = subscriptions.heldBy(session());
        if (!answer.variableHeader().isSessionPresent()) {
            if (held != null && !settings.cleanStart()) {
                sessionsLost++;
                LOG.warn(
                        "mqtt session lost flow={} broker={}: the broker had forgotten it; what it held for this flow is gone",
                        wish.flow(),
                        settings.broker());
            }
            subscriptions.forget(session());
            subscribe();
        } else if (!wish.filters().equals(held)) {
            if (held != null) {
                List<TopicFilter> dropped = new ArrayList<>(held);
                dropped.removeAll(wish.filters());
                if (!dropped.isEmpty()) {
                    made.send(Requests.unsubscribe(nextPacketId(), dropped));
                }
            }
            subscribe();
        } else {
            subscribed = true;
        }
    }

    private void subscribe() {
        MqttLink asked = link;
        if (asked == null || inbox.isClosed()) {
            return;
        }
        int packetId = nextPacketId();
        askedPacketId = packetId;
        asked.send(Requests.subscribe(packetId, wish.filters(), wish.qos(), settings.mqtt5()));
        expectAnswer(asked, packetId, received);
    }

    /** Gives the connection up if no answer comes. While messages come, it may be waiting behind them. */
    private void expectAnswer(MqttLink asked, int packetId, long receivedBefore) {
        loop.schedule(
                () -> {
                    if (link != asked || askedPacketId != packetId) {
                        return;
                    }
                    if (received == receivedBefore && !inbox.isFull()) {
                        asked.end(
                                Ending.because("the broker did not answer SUBSCRIBE within " + ANSWER_SECONDS + " s"));
                    } else {
                        expectAnswer(asked, packetId, received);
                    }
                },
                ANSWER_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public void answered(MqttMessage message) {
        if (!(message instanceof MqttSubAckMessage answer)
                || answer.variableHeader().messageId() != askedPacketId) {
            return;
        }
        askedPacketId = 0;
        List<String> refusedNow = new ArrayList<>();
        List<Integer> codes = answer.payload().reasonCodes();
        for (int i = 0; i < wish.filters().size(); i++) {
            if (i >= codes.size() || codes.get(i) >= 0x80) {
                refusedNow.add(wish.filters().get(i).toString());
            }
        }
        if (refusedNow.isEmpty()) {
            subscriptions.held(session(), wish.filters());
        } else {
            if (!refusedNow.equals(refused)) {
                LOG.warn(
                        "mqtt subscription refused flow={} broker={} filters={}; let user \"{}\" read them in the broker's access rules; asks again every {} s",
                        wish.flow(),
                        settings.broker(),
                        refusedNow,
                        settings.userName() == null ? "" : settings.userName(),
                        ASK_AGAIN_SECONDS);
            }
            MqttLink asked = link;
            loop.schedule(
                    () -> {
                        if (link == asked) {
                            subscribe();
                        }
                    },
                    ASK_AGAIN_SECONDS,
                    TimeUnit.SECONDS);
        }
        refused = List.copyOf(refusedNow);
        subscribed = true;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void arrived(List<Delivery> deliveries) {
        received += deliveries.size();
        List<Delivery> wanted = deliveries;
        if (wish.unmatched()) {
            wanted = unmatched.of(deliveries);
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
        subscribed = false;
    }

    List<TopicFilter> filters() {
        return wish.filters();
    }

    boolean wantsUnmatched() {
        return wish.unmatched();
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
                subscribed,
                status.sessionPresent(),
                refused,
                pending,
                received,
                setAside.get(),
                Math.max(0, status.connects() - 1),
                sessionsLost,
                stalled ? Optional.of(progress) : Optional.empty());
    }

    private String session() {
        return settings.broker() + " " + settings.clientId();
    }

    private int nextPacketId() {
        lastPacketId = lastPacketId % 65_535 + 1;
        return lastPacketId;
    }
}
