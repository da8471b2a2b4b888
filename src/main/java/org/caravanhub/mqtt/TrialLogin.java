package org.caravanhub.mqtt;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Knocks at a broker with a user name and a password, and goes away: whether a device would be let in. */
public final class TrialLogin implements MqttLink.Owner {
    private static final int NO_PAYLOAD = 65_536;

    /** Empty if it was let in, else why not. */
    private final CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();

    private TrialLogin() {}

    /**
     * Tries once. The client id is a random one, so nobody's session is taken over.
     *
     * @param patience at most so long
     * @return empty if the broker lets this user in, else what it said
     */
    public static Optional<String> refusal(Door door, Duration patience) {
        NioEventLoopGroup loops = new NioEventLoopGroup(1, new DefaultThreadFactory("mqtt-trial", true));
        try {
            TrialLogin trial = new TrialLogin();
            String clientId =
                    "trial-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
            int seconds = (int) Math.max(1, patience.toSeconds());
            MqttSettings settings = door.settings(clientId, 0, seconds);
            new Dialer(settings, NO_PAYLOAD, loops.next(), Clock.systemUTC())
                    .dial(
                            new MqttLink(settings, trial),
                            ending -> trial.outcome.complete(Optional.of(ending.reason())));
            return trial.outcome
                    .completeOnTimeout(
                            Optional.of("the broker at " + door.broker() + " did not answer within "
                                    + patience.toMillis() + " ms"),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS)
                    .join();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    public void accepted(MqttLink link, MqttConnAckMessage answer) {
        link.disconnect();
        outcome.complete(Optional.empty());
    }

    @Override
    public void ended(MqttLink link, Ending ending) {
        outcome.complete(Optional.of(ending.reason()));
    }

    @Override
    public void arrived(List<Delivery> deliveries) {
        // Nothing is subscribed to.
    }

    @Override
    public void answered(MqttMessage message) {
        // Nothing is asked.
    }
}
