package org.caravanhub.mqtt;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to a broker: makes it, and makes it again for ever when it ends or cannot be made. All that it tells its
 * {@link User} happens on its event loop; its own methods may be called from any thread.
 */
final class MqttClient implements MqttLink.Owner {
    /** Who needs the connection. Called on the event loop, so it must be quick. */
    interface User {
        /** There is a connection now. */
        void connected(MqttLink link, MqttConnAckMessage answer);

        /** Messages came, in their order. */
        void arrived(List<Delivery> deliveries);

        /** The broker answered something that was sent on this connection. */
        void answered(MqttMessage message);

        /** The connection is gone. */
        void disconnected();
    }

    /**
     * How the connection is.
     *
     * @param connected whether there is one
     * @param since when that began
     * @param reason why there is none; empty if there is one
     * @param sessionPresent whether the broker still knew us when we came
     * @param connects how often a connection was made
     */
    record Status(boolean connected, Instant since, String reason, boolean sessionPresent, long connects) {}

    private static final Logger LOG = LoggerFactory.getLogger(MqttClient.class);
    /** A connection that held so long was a good one: the next fault is a new one. */
    private static final Duration STEADY = Duration.ofSeconds(10);

    private static final int OFTEN = 3;

    private final String name;
    private final MqttSettings settings;
    private final Dialer dialer;
    private final EventLoop loop;
    private final Clock clock;
    private final User user;
    private final Backoff backoff = new Backoff(new SplittableRandom());

    // On the event loop only.
    private final Set<String> warned = new HashSet<>();
    private boolean toldUp;
    private int closedSoon;
    private boolean stopped;
    private @Nullable MqttLink link;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    private volatile Status status;

    /**
     * @param name for the log: {@code flow=store-paku}
     * @param maxPayloadBytes a message larger than this is truncated
     */
    MqttClient(String name, MqttSettings settings, int maxPayloadBytes, EventLoop loop, Clock clock, User user) {
        this.name = name;
        this.settings = settings;
        this.dialer = new Dialer(settings, maxPayloadBytes, loop, clock);
        this.loop = loop;
        this.clock = clock;
        this.user = user;
        this.status = new Status(false, clock.instant(), "not connected yet", false, 0);
    }

    /** Begins to connect; returns at once. */
    void start() {
        loop.execute(this::dial);
    }

    /** Says goodbye and connects no more. The future completes when the connection is closed. */
    CompletableFuture<@Nullable Void> stop() {
        loop.execute(() -> {
            stopped = true;
            if (link == null) {
                end.complete(null);
            } else {
                link.disconnect();
            }
        });
        return end;
    }

    /** Ends the connection, to come again after a while; the broker then repeats what was not acknowledged. */
    void drop(String reason) {
        loop.execute(() -> {
            if (link != null) {
                link.end(Ending.because(reason));
            }
        });
    }

    Status status() {
        return status;
    }

    private void dial() {
        if (!stopped) {
            dialer.dial(new MqttLink(settings, this), this::failed);
        }
    }

    @Override
    public void accepted(MqttLink made, MqttConnAckMessage answer) {
        if (stopped) {
            made.disconnect();
            return;
        }
        link = made;
        boolean sessionPresent = answer.variableHeader().isSessionPresent();
        status = new Status(true, clock.instant(), "", sessionPresent, status.connects() + 1);
        if (!toldUp) {
            toldUp = true;
            LOG.info(
                    "mqtt connected {} broker={} session={}", name, settings.broker(), sessionPresent ? "kept" : "new");
        }
        user.connected(made, answer);
    }

    @Override
    public void arrived(List<Delivery> deliveries) {
        user.arrived(deliveries);
    }

    @Override
    public void answered(MqttMessage message) {
        user.answered(message);
    }

    @Override
    public void ended(MqttLink made, Ending ending) {
        if (link == made) {
            link = null;
            user.disconnected();
        }
        failed(ending);
    }

    private void failed(Ending told) {
        Status was = status;
        Instant now = clock.instant();
        boolean steady = was.connected() && Duration.between(was.since(), now).compareTo(STEADY) >= 0;
        if (was.connected()) {
            closedSoon = !steady && told == Ending.CLOSED ? closedSoon + 1 : 0;
        }
        // Old brokers do not say that another client took the session over.
        Ending ending = told == Ending.CLOSED && closedSoon >= OFTEN ? Ending.CLOSED_AGAIN : told;
        status = new Status(
                false, was.connected() ? now : was.since(), ending.reason(), was.sessionPresent(), was.connects());
        if (stopped) {
            end.complete(null);
            return;
        }
        if (steady && !ending.hurryHarms()) {
            backoff.reset();
            warned.clear();
        }
        if (ending.hurryHarms()) {
            backoff.raise();
        }
        long waitMs = backoff.next();
        // One line for each reason, until the connection has been steady: a flapping link does not fill the journal.
        if (warned.add(ending.reason())) {
            toldUp = false;
            LOG.warn(
                    "mqtt not connected {} broker={} reason=\"{}\"; tries again in {} ms, and for ever",
                    name,
                    settings.broker(),
                    ending.reason(),
                    waitMs);
        }
        loop.schedule(this::dial, waitMs, TimeUnit.MILLISECONDS);
    }
}
