package org.caravanhub.quarantine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.caravanhub.exchange.Notes;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.store.Gathering;
import org.caravanhub.store.Quarantined;

/** Runs a message through a flow, and keeps hold of what the flow would keep. */
final class FlowRun {
    /** A flow that hangs keeps a thread; so many may. */
    private static final int THREADS = 4;

    private final Duration limit;

    /** A thread that is done is a moment late to say so: who finds none free waits for it, and is told when it does not come. */
    private final Semaphore free = new Semaphore(THREADS);

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "replay");
        thread.setDaemon(true);
        return thread;
    });

    /** @param limit for one message */
    FlowRun(Duration limit) {
        this.limit = limit;
    }

    /**
     * What a flow made of a message.
     *
     * @param step that gave it to the store, or failed
     */
    record Made(List<? extends Outcome> outcomes, String step) {}

    /**
     * All that the flow would keep of it; if a step failed, the message itself as malformed and nothing else.
     *
     * @throws CannotEnter if the flow cannot begin with it, or does not come to an end
     */
    Made of(Quarantined about, Message message, Door door) throws CannotEnter, InterruptedException {
        Exchange exchange = door.enter(message);
        exchange.setProperty(Notes.REPLAY_OF, about.id());
        Gathering gathering = Gathering.in(exchange);
        run(exchange, gathering, door);
        Gathering.Gathered gathered = gathering.close();
        if (exchange.getException() != null) {
            return new Made(List.of(failed(about, message, exchange.getException())), stepOf(exchange));
        }
        if (gathered.setAside().isPresent()) {
            Malformed why = gathered.setAside().get();
            return new Made(
                    List.of(new Malformed(message, about.device(), why.cause(), why.reason())), gathered.step());
        }
        return new Made(gathered.kept(), gathered.step());
    }

    private void run(Exchange exchange, Gathering gathering, Door door) throws CannotEnter, InterruptedException {
        AsyncProcessor flow = AsyncProcessorConverterHelper.convert(door.route().getProcessor());
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        if (!free.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new CannotEnter("other messages hang in their flows; repair these first: caravan flow list");
        }
        try {
            threads.execute(() -> {
                try {
                    flow.process(exchange, sync -> done.complete(sync));
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                } finally {
                    free.release();
                }
            });
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            exchange.setException(e.getCause());
        } catch (TimeoutException e) {
            gathering.giveUp();
            throw new CannotEnter("flow " + door.flow() + " was not done with it after " + limit.toSeconds()
                    + " s; does a step wait or loop? caravan flow show " + door.flow());
        }
    }

    private static Malformed failed(Quarantined about, Message message, Throwable cause) {
        String text = cause.getMessage();
        return new Malformed(
                message,
                about.device(),
                Malformed.Cause.FLOW_FAILED,
                text == null ? cause.getClass().getSimpleName() : text);
    }

    private static String stepOf(Exchange exchange) {
        String failed = exchange.getProperty(Notes.FAILED_STEP, String.class);
        String last = failed != null ? failed : exchange.getExchangeExtension().getHistoryNodeId();
        return last == null ? "" : last;
    }
}
