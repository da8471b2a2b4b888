package org.caravanhub.flow.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.caravanhub.exchange.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Notes what each step of one flow does with the next messages. It is over when as many as were wanted have been seen, after a
 * minute, or when its memory is full, whichever is first. Safe for several threads.
 */
final class Tracer {
    private static final long LASTS_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MOST_STEPS = 1000;
    private static final String NUMBER = "CaravanTraced";

    final String flow;
    private final String id;
    private final int wanted;
    private final Shown shown;
    private final long begunNanos = System.nanoTime();
    private final List<TracedStep> steps = new ArrayList<>();
    private int seen;
    private int open;

    Tracer(String id, String flow, int wanted, Shown shown) {
        this.id = id;
        this.flow = flow;
        this.wanted = wanted;
        this.shown = shown;
    }

    /** What a step is about to see; null if its message is not traced. */
    synchronized @Nullable Before before(Exchange exchange) {
        if (steps.size() >= MOST_STEPS) {
            return null;
        }
        String mark = exchange.getProperty(NUMBER, String.class);
        int number = 0;
        if (mark != null && mark.startsWith(id + "/")) {
            number = Integer.parseInt(mark.substring(id.length() + 1));
        } else if (seen < wanted && !isLate()) {
            seen++;
            number = seen;
            exchange.setProperty(NUMBER, id + "/" + number);
        }
        if (number == 0) {
            return null;
        }
        open++;
        return new Before(
                this,
                number,
                shown.body(exchange.getMessage().getBody()),
                shown.headers(exchange.getMessage().getHeaders()));
    }

    private synchronized void note(TracedStep step) {
        open--;
        if (steps.size() < MOST_STEPS) {
            steps.add(step);
        }
    }

    /** What was noted after so many steps. */
    synchronized List<TracedStep> after(int number) {
        return List.copyOf(steps.subList(Math.min(Math.max(0, number), steps.size()), steps.size()));
    }

    /** Whether nothing more will come, as far as can be told: a message may still be between two steps. */
    synchronized boolean isOver() {
        return isLate() || steps.size() >= MOST_STEPS || (seen >= wanted && open == 0 && !steps.isEmpty());
    }

    private boolean isLate() {
        return System.nanoTime() - begunNanos > LASTS_NANOS;
    }

    /**
     * What a step saw.
     *
     * @param number of the message
     * @param body as text
     * @param headers as text, by name
     */
    record Before(Tracer tracer, int number, String body, Map<String, String> headers) {
        void after(Passage passage, long nanos) {
            Exchange exchange = passage.exchange;
            String now = tracer.shown.body(exchange.getMessage().getBody());
            Throwable thrown = exchange.getException();
            tracer.note(new TracedStep(
                    number,
                    passage.step.id,
                    passage.step.line,
                    Instant.now().minusNanos(nanos),
                    nanos,
                    body,
                    now.equals(body) ? Optional.empty() : Optional.of(now),
                    changed(tracer.shown.headers(exchange.getMessage().getHeaders())),
                    thrown == null
                            ? Optional.empty()
                            : Optional.of(tracer.shown.text(
                                    String.valueOf(StepActivity.reason(thrown).getMessage())))));
        }

        private Map<String, String> changed(Map<String, String> now) {
            Map<String, String> changed = new TreeMap<>(now);
            changed.entrySet().removeAll(headers.entrySet());
            for (String name : headers.keySet()) {
                if (!now.containsKey(name)) {
                    changed.put(name, "");
                }
            }
            return changed;
        }
    }
}
