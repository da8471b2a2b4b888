package org.caravanhub.notice;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;
import org.caravanhub.text.Plain;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes each dispatch as JSON on {@code caravan/hub/notice/NAME}, for whoever listens; the broker does not keep it. A broker that is away
 * for longer than ten seconds does not get it.
 */
public final class BrokerNotices implements Outlet, Channel {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerNotices.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(12);
    private static final String TOPIC = "caravan/hub/notice";

    private final CamelContext camel;
    private @Nullable AsyncProducer producer;

    /** Publishes by the {@code mqtt:} of this context. */
    public BrokerNotices(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public void tell(Dispatch dispatch) {
        publish(dispatch).whenComplete((sent, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "notice={} published=no reason={}",
                        dispatch.notice().name(),
                        Quoted.atLength(String.valueOf(failure.getMessage())));
            }
        });
    }

    @Override
    public String name() {
        return "mqtt";
    }

    @Override
    public Priority least() {
        return Priority.LOW;
    }

    @Override
    public Answer send(Dispatch dispatch, Duration late) throws InterruptedException {
        try {
            publish(dispatch).get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            return Answer.DELIVERED;
        } catch (ExecutionException | TimeoutException e) {
            return Answer.away("the broker did not take it: " + Plain.line(String.valueOf(e.getMessage())));
        }
    }

    private CompletableFuture<Boolean> publish(Dispatch dispatch) {
        AsyncProducer started = producer();
        Exchange exchange = started.getEndpoint().createExchange();
        exchange.getMessage().setBody(dispatch.json());
        exchange.getMessage()
                .setHeader(
                        "CamelMqttOverrideTopic",
                        TOPIC + "/" + dispatch.notice().name());
        CompletableFuture<Boolean> published = new CompletableFuture<>();
        started.process(exchange, sync -> {
            Exception failure = exchange.getException();
            if (failure == null) {
                published.complete(true);
            } else {
                published.completeExceptionally(failure);
            }
        });
        return published;
    }

    private synchronized AsyncProducer producer() {
        AsyncProducer made = producer;
        if (made == null) {
            try {
                made = camel.getEndpoint("mqtt:" + TOPIC).createAsyncProducer();
            } catch (Exception e) {
                throw new IllegalStateException("mqtt: cannot publish notices", e);
            }
            ServiceHelper.startService(made);
            producer = made;
        }
        return made;
    }
}
