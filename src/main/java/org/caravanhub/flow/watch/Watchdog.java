package org.caravanhub.flow.watch;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the steps that a message has been in for too long, by looking at what every thread does. */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    /** A loop that has gone on so long is ended, since it takes the processor from all others. */
    private static final long LONGEST_LOOP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long LOG_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Map<String, FlowActivity> flows;
    private final Set<Hand> hands;
    private final Map<String, Long> toldNanos = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    private volatile BiConsumer<String, Optional<Trouble>> listener = (flow, trouble) -> {};
    private final Map<String, Trouble> last = new HashMap<>();

    Watchdog(Map<String, FlowActivity> flows, Set<Hand> hands) {
        this.flows = flows;
        this.hands = hands;
    }

    void listen(BiConsumer<String, Optional<Trouble>> told) {
        listener = told;
    }

    synchronized void look() {
        long now = System.nanoTime();
        Map<String, Trouble> found = new HashMap<>();
        for (FlowActivity flow : flows.values()) {
            for (StepActivity step : flow.steps()) {
                for (Passage passage : step.away) {
                    note(passage, null, now, found);
                }
            }
        }
        for (Hand hand : hands) {
            Thread thread = hand.thread();
            if (thread == null || !thread.isAlive()) {
                hands.remove(hand);
            } else {
                Passage passage = hand.innermost();
                if (passage != null) {
                    note(passage, thread, now, found);
                }
            }
        }
        for (FlowActivity flow : flows.values()) {
            Optional<Trouble> trouble = Optional.ofNullable(found.get(flow.id));
            flow.hangs(trouble);
            Optional<Trouble> lately = flow.id.isEmpty() ? Optional.empty() : flow.trouble();
            lately.ifPresent(told -> tell(flow.id, told, now));
            boolean isNews = lately.isPresent() ? failing.add(flow.id) : failing.remove(flow.id);
            if (isNews) {
                listener.accept(flow.id, lately);
            }
        }
    }

    /** Wakes the threads that hang in this flow, or in another one on its behalf. */
    synchronized void interrupt(String flow) {
        long now = System.nanoTime();
        for (Hand hand : hands) {
            Thread thread = hand.thread();
            Passage passage = hand.innermost();
            if (thread != null && passage != null && isTooLong(passage, now) && belongsTo(passage, flow)) {
                passage.interrupt(thread);
            }
        }
    }

    private static void note(Passage passage, @Nullable Thread thread, long now, Map<String, Trouble> found) {
        if (passage.isOver() || !isTooLong(passage, now)) {
            return;
        }
        long nanos = now - passage.begunNanos;
        StepActivity step = passage.step;
        String text = "in " + step.what + " for " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s"
                + (thread == null ? "" : ", on the thread " + thread.getName());
        Trouble trouble = new Trouble(step.id, step.line, Instant.now().minusNanos(nanos), true, text);
        found.merge(step.flow.id, trouble, (one, other) -> one.at().isBefore(other.at()) ? one : other);
        String begun = passage.exchange.getFromRouteId();
        if (begun != null && !begun.equals(step.flow.id)) {
            found.putIfAbsent(
                    begun, new Trouble(step.id, step.line, trouble.at(), true, text + ", in flow " + step.flow.id));
        }
        if (nanos > LONGEST_LOOP_NANOS && step.kind.equals("loop")) {
            step.flow.giveUp();
        }
    }

    private static boolean isTooLong(Passage passage, long now) {
        return passage.step.patienceNanos != Patience.ENDLESS && now - passage.begunNanos > passage.step.patienceNanos;
    }

    private static boolean belongsTo(Passage passage, String flow) {
        return passage.step.flow.id.equals(flow) || flow.equals(passage.exchange.getFromRouteId());
    }

    private void tell(String flow, Trouble trouble, long now) {
        Long told = toldNanos.get(flow);
        if (!trouble.equals(last.put(flow, trouble)) && (told == null || now - told > LOG_AGAIN_NANOS)) {
            toldNanos.put(flow, now);
            LOG.warn(
                    "flow={} state=failing step={} line={} {}={} \"caravan flow show {}\"",
                    flow,
                    trouble.step(),
                    trouble.line(),
                    trouble.hangs() ? "hangs" : "error",
                    Quoted.atLength(trouble.text()),
                    flow);
        }
    }
}
