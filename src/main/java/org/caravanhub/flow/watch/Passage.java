package org.caravanhub.flow.watch;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One exchange in one step. */
final class Passage implements AsyncCallback {
    final StepActivity step;
    final Exchange exchange;
    final long begunNanos = System.nanoTime();
    /** The step that this thread was in when it entered this one. */
    @Nullable
    Passage around;

    private final AsyncCallback then;
    private volatile boolean over;
    private volatile boolean interrupted;
    private final Tracer.@Nullable Before before;

    Passage(StepActivity step, Exchange exchange, AsyncCallback then) {
        this.step = step;
        this.exchange = exchange;
        this.then = then;
        Tracer tracer = step.flow.tracer();
        this.before = tracer == null ? null : tracer.before(exchange);
    }

    @Override
    public void done(boolean sync) {
        over = true;
        Growth.check(exchange);
        step.left(this, System.nanoTime() - begunNanos);
        Tracer.@Nullable Before noted = before;
        if (noted != null) {
            noted.after(this, System.nanoTime() - begunNanos);
        }
        then.done(sync);
    }

    boolean isOver() {
        return over;
    }

    /** Whether the thread was asked to let go of this step, so that the mark it bears is for nobody else. */
    boolean wasInterrupted() {
        return interrupted;
    }

    void interrupt(Thread thread) {
        interrupted = true;
        thread.interrupt();
    }
}
