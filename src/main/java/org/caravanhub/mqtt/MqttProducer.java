package org.caravanhub.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.caravanhub.exchange.OwnThread;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;

/** Publishes the body of each exchange; the exchange is done when the broker has acknowledged it. */
final class MqttProducer extends DefaultAsyncProducer {
    private final MqttEndpoint endpoint;
    private @Nullable MqttPublisher publisher;
    private @Nullable ExecutorService executor;

    MqttProducer(MqttEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        publisher = endpoint.getComponent().publisher(endpoint.getConfiguration());
        executor = OwnThread.of(endpoint.getCamelContext(), this, "mqtt-published");
    }

    @Override
    protected void doStop() throws Exception {
        if (executor != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(executor);
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Message in = exchange.getMessage();
            String override = in.getHeader(MqttConstants.OVERRIDE_TOPIC, String.class);
            in.removeHeader(MqttConstants.OVERRIDE_TOPIC);
            Optional<Duration> expiry = Optional.ofNullable(in.getHeader(MqttConstants.MESSAGE_EXPIRY, Long.class))
                    .map(Duration::ofSeconds);
            in.removeHeader(MqttConstants.MESSAGE_EXPIRY);
            String topic = checked(override == null ? endpoint.getTopic() : override);
            ExecutorService routes = Objects.requireNonNull(executor);
            Objects.requireNonNull(publisher)
                    .publish(
                            topic,
                            in.getBody() == null ? new byte[0] : in.getMandatoryBody(byte[].class),
                            endpoint.getQos(),
                            endpoint.isRetained(),
                            expiry,
                            Duration.ofMillis(endpoint.getTimeout()),
                            failure -> {
                                if (failure != null) {
                                    exchange.setException(failure);
                                }
                                if (routes.isShutdown()) {
                                    callback.done(false);
                                } else {
                                    routes.execute(() -> callback.done(false));
                                }
                            });
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private static String checked(String topic) {
        boolean wildcard = topic.indexOf('#') >= 0 || topic.indexOf('+') >= 0;
        if (topic.isEmpty()
                || wildcard
                || topic.indexOf('\0') >= 0
                || topic.getBytes(StandardCharsets.UTF_8).length > 65_535) {
            throw new IllegalArgumentException(Quoted.atLength(topic)
                    + " cannot be published to: a topic is not empty, has no + or #, and at most 65,535 bytes.");
        }
        return topic;
    }
}
