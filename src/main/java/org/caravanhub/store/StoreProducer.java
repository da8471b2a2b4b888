package org.caravanhub.store;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.caravanhub.exchange.Notes;
import org.caravanhub.exchange.OwnThread;
import org.caravanhub.reading.Outcome;
import org.jspecify.annotations.Nullable;

/** Gives an exchange's outcomes to the writer, and lets the exchange go on when they are committed. */
final class StoreProducer extends DefaultAsyncProducer {
    private final StoreEndpoint endpoint;
    private final ExchangeOutcomes outcomes;
    private @Nullable ExecutorService goesOn;

    StoreProducer(StoreEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.outcomes = new ExchangeOutcomes(endpoint.component());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            List<? extends Outcome> given = endpoint.getWhat() == StoreEndpoint.What.READING
                    ? endpoint.component().flagged(readings(exchange))
                    : outcomes.setAside(exchange);
            if (given.isEmpty()) {
                exchange.getMessage().setBody(Receipt.EMPTY);
                callback.done(true);
                return true;
            }
            Gathering gathering = exchange.getProperty(Notes.GATHERING, Gathering.class);
            if (gathering != null && gathering.take(endpoint.getWhat(), given, outcomes.step(exchange))) {
                exchange.getMessage().setBody(Gathering.receipt(given));
                callback.done(true);
                return true;
            }
            endpoint.component().noteOwn(exchange, given);
            Delivery delivery = new Delivery(
                    outcomes.flow(exchange),
                    outcomes.step(exchange),
                    given,
                    deadlineNanos(),
                    endpoint.isHistory(),
                    new Continuation(exchange, callback));
            endpoint.component().intake().submit(delivery);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(e);
        } catch (RuntimeException e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    /** What was kept before, elsewhere, its owner brings: nobody has to be let in. */
    private List<? extends Outcome> readings(Exchange exchange) {
        List<? extends Outcome> readings = outcomes.readings(exchange);
        return endpoint.isHistory() ? readings : outcomes.letIn(exchange, readings);
    }

    /**
     * What follows in the flow runs on a thread of this step, made when needed: a user's slow step must not keep the writer from
     * the next commit, nor another flow from its acknowledgements.
     */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        goesOn = OwnThread.of(getEndpoint().getCamelContext(), this, "stored");
    }

    @Override
    protected void doStop() throws Exception {
        if (goesOn != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(goesOn);
        }
        super.doStop();
    }

    private long deadlineNanos() {
        long timeout = endpoint.getTimeout();
        return timeout == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
    }

    private final class Continuation implements Delivery.Answer {
        private final Exchange exchange;
        private final AsyncCallback callback;

        Continuation(Exchange exchange, AsyncCallback callback) {
            this.exchange = exchange;
            this.callback = callback;
        }

        @Override
        public void stored(Receipt receipt) {
            exchange.getMessage().setBody(receipt);
            goOn();
        }

        @Override
        public void refused(StoreBusy reason) {
            exchange.setException(reason);
            goOn();
        }

        private void goOn() {
            ExecutorService executor = goesOn;
            if (executor == null || executor.isShutdown()) {
                callback.done(false);
            } else {
                executor.execute(() -> callback.done(false));
            }
        }
    }
}
