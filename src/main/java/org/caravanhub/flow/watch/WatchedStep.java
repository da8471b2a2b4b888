package org.caravanhub.flow.watch;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Stands around a step and notes what goes in and what comes out. */
final class WatchedStep extends DelegateAsyncProcessor {
    private final StepActivity step;
    private final ThreadLocal<Hand> hands;

    WatchedStep(StepActivity step, Processor target, ThreadLocal<Hand> hands) {
        super(target);
        this.step = step;
        this.hands = hands;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (step.flow.hasGivenUp(exchange)) {
            return refused(exchange, callback, new GivenUp(step.flow.id));
        }
        if (step.isTooDeep(exchange)) {
            return refused(
                    exchange,
                    callback,
                    new IllegalStateException("the flow " + step.flow.id + " calls itself without end"));
        }
        step.entered(exchange);
        Passage passage = new Passage(step, exchange, callback);
        Hand hand = hands.get();
        hand.enter(passage);
        boolean here;
        try {
            here = super.process(exchange, passage);
        } finally {
            hand.leave(passage);
            if (passage.wasInterrupted()) {
                // It was meant for this step; who goes on with this thread must not stumble over it.
                Thread.interrupted();
            }
        }
        if (!here && step.patienceNanos != Patience.ENDLESS && !passage.isOver()) {
            step.away.add(passage);
            if (passage.isOver()) {
                step.away.remove(passage);
            }
        }
        return here;
    }

    private boolean refused(Exchange exchange, AsyncCallback callback, RuntimeException why) {
        exchange.setException(why);
        step.failed(why);
        callback.done(true);
        return true;
    }
}
