package org.caravanhub.mqtt;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions at brokers that consumers of this process have left: kept for those who come back, ended for those who do not, since a
 * session that nobody reads any more fills the broker. For use by several threads.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int SMALLEST_PAYLOAD = 1024;

    private final Supplier<EventLoop> loop;
    private final Clock clock;
    private final Subscriptions subscriptions;
    private final Map<String, Left> left = new HashMap<>();
    private final Map<String, MqttClient> ending = new HashMap<>();

    /** Whose session it was, and how it was opened. */
    private record Left(String flow, MqttSettings settings) {}

    Sessions(Supplier<EventLoop> loop, Clock clock, Subscriptions subscriptions) {
        this.loop = loop;
        this.clock = clock;
        this.subscriptions = subscriptions;
    }

    /** The name of a session. */
    static String name(MqttSettings settings) {
        return settings.broker() + " " + settings.clientId();
    }

    /** A consumer comes, perhaps back. */
    synchronized void taken(MqttSettings settings) {
        String name = name(settings);
        left.remove(name);
        MqttClient client = ending.remove(name);
        if (client != null) {
            client.stop();
        }
    }

    /** A consumer has gone. */
    synchronized void left(String flow, MqttSettings settings) {
        if (!settings.cleanStart()) {
            left.put(name(settings), new Left(flow, settings));
        }
    }

    /** Ends those that were left by flows which do not come back; as soon as the broker is there. */
    synchronized void endAllBut(Predicate<String> stays) {
        for (Map.Entry<String, Left> entry : List.copyOf(left.entrySet())) {
            Left session = entry.getValue();
            boolean isHere = subscriptions.isReading(entry.getKey());
            // One that stays and reads under another name has left this one all the same.
            boolean isMoved = !isHere && subscriptions.isRunning(session.flow());
            if (!isHere && (isMoved || !stays.test(session.flow()))) {
                left.remove(entry.getKey());
                end(entry.getKey(), session);
            }
        }
    }

    /** How many are being ended. */
    synchronized int ending() {
        return ending.size();
    }

    /** Gives up what is not ended yet. */
    synchronized void stop() {
        ending.values().forEach(MqttClient::stop);
        ending.clear();
        left.clear();
    }

    private void end(String name, Left session) {
        MqttSettings settings = session.settings().endingTheSession();
        MqttClient client = new MqttClient(
                "flow=" + session.flow() + " ending-session",
                settings,
                SMALLEST_PAYLOAD,
                loop.get(),
                clock,
                new Goodbye(name, session.flow()));
        ending.put(name, client);
        client.start();
    }

    private synchronized void ended(String name) {
        MqttClient client = ending.remove(name);
        if (client != null) {
            subscriptions.forget(name);
            client.stop();
        }
    }

    /** A session that is begun clean is forgotten as soon as its connection is closed. */
    private final class Goodbye implements MqttClient.User {
        private final String name;
        private final String flow;

        Goodbye(String name, String flow) {
            this.name = name;
            this.flow = flow;
        }

        @Override
        public void connected(MqttLink link, MqttConnAckMessage answer) {
            LOG.info("mqtt session ended flow={} broker and client id=\"{}\"", flow, name);
            ended(name);
        }

        @Override
        public void arrived(List<Delivery> deliveries) {}

        @Override
        public void answered(MqttMessage message) {}

        @Override
        public void disconnected() {}
    }
}
