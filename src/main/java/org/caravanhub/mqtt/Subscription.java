package org.caravanhub.mqtt;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.caravanhub.message.TopicFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the broker holds our filters: asks for them unless the session holds them already, takes back those of an
 * earlier version of the flow, and asks again for those that were refused. Never waits: messages come meanwhile. Works on the
 * event loop; the state may be read by any thread.
 */
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final long ANSWER_SECONDS = 10;
    private static final long ASK_AGAIN_SECONDS = 60;

    private final MqttSubscriber.Wish wish;
    private final MqttSettings settings;
    private final EventLoop loop;
    private final Subscriptions subscriptions;
    private final LongSupplier received;
    private final String session;

    private @Nullable MqttLink link;
    private int lastPacketId;
    private int askedPacketId;
    private volatile boolean confirmed;
    /** Whether the session may hold filters of an earlier version of the flow, from before this process. */
    private boolean mayHoldMore;

    private volatile long sessionsLost;
    private volatile List<String> refused = List.of();

    /** @param received counts the messages that came, so that silence can be told from an answer that waits behind them */
    Subscription(
            MqttSubscriber.Wish wish,
            MqttSettings settings,
            EventLoop loop,
            Subscriptions subscriptions,
            LongSupplier received) {
        this.wish = wish;
        this.settings = settings;
        this.loop = loop;
        this.subscriptions = subscriptions;
        this.received = received;
        this.session = Sessions.name(settings);
    }

    /** There is a connection. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void begin(MqttLink made, boolean sessionPresent) {
        link = made;
        List<TopicFilter> held = subscriptions.heldBy(session);
        mayHoldMore |= sessionPresent && held == null;
        mayHoldMore &= sessionPresent;
        if (!sessionPresent) {
            if (held != null && !settings.cleanStart()) {
                sessionsLost++;
                LOG.warn(
                        "mqtt session lost flow={} broker={}: the broker had forgotten it; what it held for this flow is gone",
                        wish.flow(),
                        settings.broker());
            }
            subscriptions.forget(session);
            subscribe(made);
        } else if (wish.filters().equals(held)) {
            confirmed = true;
        } else {
            if (held != null) {
                unsubscribe(made, held);
            }
            subscribe(made);
        }
    }

    /** The connection is gone. */
    void end() {
        link = null;
        askedPacketId = 0;
        confirmed = false;
    }

    private void unsubscribe(MqttLink from, List<TopicFilter> held) {
        List<TopicFilter> dropped = new ArrayList<>(held);
        dropped.removeAll(wish.filters());
        if (!dropped.isEmpty()) {
            from.send(Requests.unsubscribe(nextPacketId(), dropped));
        }
    }

    private void subscribe(MqttLink asked) {
        askedPacketId = nextPacketId();
        asked.send(Requests.subscribe(askedPacketId, wish.interest(), wish.qos(), settings.mqtt5()));
        expectAnswer(asked, askedPacketId, received.getAsLong());
    }

    private void expectAnswer(MqttLink asked, int packetId, long receivedBefore) {
        loop.schedule(
                () -> {
                    if (link != asked || askedPacketId != packetId) {
                        return;
                    }
                    long receivedNow = received.getAsLong();
                    if (receivedNow == receivedBefore && asked.isReading()) {
                        asked.end(
                                Ending.because("the broker did not answer SUBSCRIBE within " + ANSWER_SECONDS + " s"));
                    } else {
                        expectAnswer(asked, packetId, receivedNow);
                    }
                },
                ANSWER_SECONDS,
                TimeUnit.SECONDS);
    }

    /** The broker answered something. */
    void answered(MqttMessage message) {
        MqttLink asked = link;
        if (asked == null
                || !(message instanceof MqttSubAckMessage answer)
                || answer.variableHeader().messageId() != askedPacketId) {
            return;
        }
        askedPacketId = 0;
        List<String> refusedNow = refusedBy(answer);
        if (refusedNow.isEmpty()) {
            subscriptions.held(session, wish.filters());
        } else {
            if (!refusedNow.equals(refused)) {
                LOG.warn(
                        "mqtt subscription refused flow={} broker={} filters={} user=\"{}\"; allow them in the broker's access rules; asks again every {} s",
                        wish.flow(),
                        settings.broker(),
                        refusedNow,
                        settings.userName() == null ? "" : settings.userName(),
                        ASK_AGAIN_SECONDS);
            }
            loop.schedule(
                    () -> {
                        if (link == asked) {
                            subscribe(asked);
                        }
                    },
                    ASK_AGAIN_SECONDS,
                    TimeUnit.SECONDS);
        }
        refused = refusedNow;
        confirmed = true;
    }

    private List<String> refusedBy(MqttSubAckMessage answer) {
        List<String> names = new ArrayList<>();
        List<Integer> codes = answer.payload().reasonCodes();
        for (int i = 0; i < wish.filters().size(); i++) {
            if (i >= codes.size() || (codes.get(i) & 0xff) >= 0x80) {
                names.add(wish.filters().get(i).toString());
            }
        }
        return List.copyOf(names);
    }

    /** Whether messages may come that nobody asked for any more; nobody can tell which filters a session holds. On the event loop. */
    boolean mayHoldMore() {
        return mayHoldMore;
    }

    /** Whether the broker has answered on this connection, or held our filters already. */
    boolean isConfirmed() {
        return confirmed;
    }

    /** The filters that the broker refused at last. */
    List<String> refused() {
        return refused;
    }

    /** How often the broker had forgotten the session. */
    long sessionsLost() {
        return sessionsLost;
    }

    private int nextPacketId() {
        lastPacketId = lastPacketId % 65_535 + 1;
        return lastPacketId;
    }
}
