package org.caravanhub.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.caravanhub.message.Message;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes exchanges of what a {@link MqttSubscriber} receives. One thread, its own, submits them in order; it does not wait for one
 * to be done before it submits the next, so that a group commit can take several. A message is acknowledged when its exchange is
 * done, and a message whose exchange fails when it has been set aside.
 */
final class MqttConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(MqttConsumer.class);

    private final MqttEndpoint endpoint;
    /** What the worker does before it takes the next messages. */
    private final Queue<Runnable> first = new ConcurrentLinkedQueue<>();

    private final OncePerMinute failures = new OncePerMinute();

    private @Nullable MqttSubscriber subscriber;
    private @Nullable AsyncProducer deadLetter;
    private @Nullable Thread worker;

    MqttConsumer(MqttEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        String flow = Objects.requireNonNullElse(getRouteId(), endpoint.getTopic());
        deadLetter =
                endpoint.getCamelContext().getEndpoint(endpoint.deadLetterUri()).createAsyncProducer();
        ServiceHelper.startService(deadLetter);
        MqttSubscriber started = endpoint.getComponent().subscriber(endpoint, flow);
        subscriber = started;
        worker = new Thread(() -> work(started), "mqtt-" + flow);
        worker.setDaemon(true);
        worker.start();
        started.start();
    }

    /** Takes in nothing more, lets what is under way finish and acknowledges it, and says goodbye. */
    @Override
    protected void doStop() throws Exception {
        MqttSubscriber stopped = subscriber;
        if (stopped != null) {
            subscriber = null;
            stopped.pause();
            if (!stopped.inbox().awaitSettled(endpoint.getComponent().drainMillis())) {
                LOG.warn(
                        "mqtt stopped flow={} before all its messages were done; the broker sends them again",
                        getRouteId());
                Thread hanging = worker;
                if (hanging != null) {
                    hanging.interrupt();
                }
            }
            endpoint.getComponent().left(stopped);
            try {
                stopped.stop().get(2, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                LOG.debug("mqtt goodbye not said in time flow={}", getRouteId());
            } catch (InterruptedException e) {
                // Whoever stops this does not wait any longer; the goodbye is said all the same.
                Thread.currentThread().interrupt();
            }
        }
        ServiceHelper.stopService(deadLetter);
        super.doStop();
    }

    private void work(MqttSubscriber from) {
        try {
            while (true) {
                Runnable task = first.poll();
                if (task != null) {
                    task.run();
                } else if (from.inbox().isClosed()) {
                    return;
                } else {
                    List<Delivery> taken = from.inbox().take(endpoint.getBatch());
                    if (!taken.isEmpty()) {
                        submit(from, taken);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(MqttSubscriber from, List<Delivery> deliveries) {
        Exchange exchange = createExchange(false);
        if (endpoint.getBatch() == 1) {
            fill(exchange, deliveries.get(0));
        } else {
            List<Message> messages = new ArrayList<>(deliveries.size());
            for (int i = 0; i < deliveries.size(); i++) {
                messages.add(deliveries.get(i).message());
            }
            endpoint.fill(exchange, messages);
        }
        try {
            getAsyncProcessor().process(exchange, sync -> done(from, deliveries, exchange));
        } catch (RuntimeException e) { // Camel reports by the callback; a fault in it must not end the worker
            exchange.setException(e);
            done(from, deliveries, exchange);
        }
    }

    private static void fill(Exchange exchange, Delivery delivery) {
        UserProperties.of(delivery.properties()).forEach(exchange.getMessage()::setHeader);
        MqttEndpoint.fill(exchange, delivery.message(), delivery.qos());
    }

    private void done(MqttSubscriber from, List<Delivery> deliveries, Exchange exchange) {
        if (!exchange.isFailed() && !exchange.isRollbackOnly()) {
            from.done(deliveries);
        } else if (from.inbox().isClosed()) {
            from.leave(deliveries);
        } else if (deliveries.size() > 1) {
            // One of them may be at fault: each for itself. On the worker, since this may be the thread that a route
            // ends on.
            later(from, () -> {
                for (Delivery delivery : deliveries) {
                    submit(from, List.of(delivery));
                }
            });
        } else {
            Failure failure = Failure.of(exchange);
            later(from, () -> setAside(from, deliveries.get(0), failure));
        }
        releaseExchange(exchange, false);
    }

    private void later(MqttSubscriber from, Runnable task) {
        first.add(task);
        from.inbox().wake();
    }

    private void setAside(MqttSubscriber from, Delivery delivery, Failure failure) {
        if (failures.isDue()) {
            LOG.warn(
                    "mqtt message set aside flow={} topic={} in={} reason={}; told at most once a minute",
                    getRouteId(),
                    Quoted.atLength(delivery.message().topic()),
                    endpoint.deadLetterUri(),
                    Quoted.atLength(failure.reason()));
        }
        Exchange dead = createExchange(false);
        fill(dead, delivery);
        failure.describeIn(dead);
        try {
            Objects.requireNonNull(deadLetter).process(dead, sync -> setAsideDone(from, delivery, dead));
        } catch (RuntimeException e) {
            dead.setException(e);
            setAsideDone(from, delivery, dead);
        }
    }

    private void setAsideDone(MqttSubscriber from, Delivery delivery, Exchange dead) {
        if (dead.isFailed()) {
            from.giveBack(
                    delivery,
                    "a message could be neither handled nor set aside in " + endpoint.deadLetterUri() + ": "
                            + Quoted.atLength(Failure.of(dead).reason()));
        } else {
            from.countSetAside();
            from.done(List.of(delivery));
        }
        releaseExchange(dead, false);
    }
}
