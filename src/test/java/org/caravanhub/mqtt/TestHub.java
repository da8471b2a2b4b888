package org.caravanhub.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;

/** A Camel context with our component, and flows that a test gives it. */
final class TestHub implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final DefaultCamelContext camel = new DefaultCamelContext();
    final MqttComponent mqtt = new MqttComponent(Clock.systemUTC());

    TestHub(String brokerUrl) {
        mqtt.setBrokerUrl(brokerUrl);
        mqtt.setDeadLetter("direct:dead");
        camel.addComponent("mqtt", mqtt);
        camel.start();
    }

    /** Adds a flow and starts it. */
    TestHub flow(String id, String uri, Processor processor) {
        try {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from(uri).routeId(id).process(processor).id(id + "-step");
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** Waits until the broker has confirmed the subscriptions of a flow. */
    TestHub subscribed(String id) {
        Await.until(id + " is subscribed: " + mqtt.states(), PATIENCE, () -> state(id)
                .subscribed());
        return this;
    }

    ConsumerState state(String id) {
        return mqtt.states().stream()
                .filter(state -> state.flow().equals(id))
                .findFirst()
                .orElseThrow();
    }

    void stop(String id) {
        try {
            camel.getRouteController().stopRoute(id);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void start(String id) {
        try {
            camel.getRouteController().startRoute(id);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            camel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A processor that puts each body, as text, into a queue. */
    static Processor into(BlockingQueue<String> queue) {
        return exchange -> queue.add(new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8));
    }

    /** Takes so many from a queue; fewer if they do not come in time. */
    static List<String> take(BlockingQueue<String> queue, int count) {
        List<String> taken = new ArrayList<>();
        try {
            while (taken.size() < count) {
                String next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    break;
                }
                taken.add(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return taken;
    }

    /** The numbers from one up to below the other, as text. */
    static List<String> numbers(int from, int below) {
        return IntStream.range(from, below).mapToObj(Integer::toString).toList();
    }
}
