package org.caravanhub.ping;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.support.service.ServiceHelper;

/**
 * A message of the hub to itself: published to the broker, heard by a subscription like those of flows, and through the queue of the one
 * writer. No flow hears it, and no row is written.
 */
public final class SelfMessage implements RoundTrip, AutoCloseable {
    /** Every hub at a broker uses it; each knows its own words. */
    static final String TOPIC = "caravan/hub/self";

    /** For the broker's acknowledgement. */
    private static final Duration BROKER = Duration.ofSeconds(5);

    private final ProducerTemplate publisher;
    private final org.apache.camel.Consumer subscriber;
    private final Consumer<Runnable> writer;
    private final byte[] words;
    private final Semaphore back = new Semaphore(0);

    /**
     * Begins to listen.
     *
     * @param writer asks the writer of the store for a sign of life
     */
    public SelfMessage(CamelContext camel, Consumer<Runnable> writer) {
        this.writer = writer;
        this.words = Long.toHexString(ThreadLocalRandom.current().nextLong()).getBytes(StandardCharsets.US_ASCII);
        this.publisher = camel.createProducerTemplate();
        try {
            this.subscriber = camel.getEndpoint(
                            "mqtt:" + TOPIC + "?qos=0&cleanStart=true&sessionExpiryInterval=0&receiveMaximum=10")
                    .createConsumer(this::heard);
        } catch (Exception e) {
            throw new IllegalStateException("the hub cannot listen to itself", e);
        }
        ((RouteIdAware) subscriber).setRouteId("watch-itself");
        ServiceHelper.startService(subscriber);
    }

    private void heard(Exchange exchange) {
        if (Arrays.equals(words, exchange.getMessage().getBody(byte[].class))) {
            writer.accept(back::release);
        }
    }

    @Override
    public Result make(Duration limit) throws InterruptedException {
        back.drainPermits();
        Result whole = Result.BACK;
        try {
            publisher.sendBody("mqtt:" + TOPIC + "?qos=1&timeout=" + BROKER.toMillis(), words);
        } catch (CamelExecutionException e) {
            // That it is told is a sign of life of the connection's own thread.
            whole = Result.WITHOUT_BROKER;
            writer.accept(back::release);
        }
        return back.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS) ? whole : Result.LOST;
    }

    @Override
    public void close() throws Exception {
        ServiceHelper.stopService(subscriber);
        publisher.close();
    }
}
