package org.caravanhub.flow.watch;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.jspecify.annotations.Nullable;

/** What passes one flow, from when it was made until it is made anew. Written by many threads. */
final class FlowActivity {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    /** The hub's own work, which may take long. */
    private static final Set<String> UPKEEP = Set.of("upkeep", "backup");

    final String id;
    private final Object definition;
    private final boolean upkeep;
    private final Optional<Crowd> crowd;
    private final Instant since = Instant.now();
    private final Map<String, StepActivity> steps = new ConcurrentHashMap<>();
    private final LongAdder begun = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder over = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Minutes messagesLately = new Minutes();
    private final Minutes failedLately = new Minutes();
    private volatile long lastMillis;
    private volatile @Nullable Trouble trouble;
    private volatile WeakReference<Throwable> counted = new WeakReference<>(null);
    private volatile long givenUpUntilMillis;
    private volatile @Nullable Tracer tracer;

    /**
     * @param definition what Camel made it of; another one of the same id is another flow
     * @param group the feature that it belongs to
     * @param crowd for a flow that answers requests and may not take all the threads for it
     */
    FlowActivity(String id, Object definition, @Nullable String group, Optional<Crowd> crowd) {
        this.id = id;
        this.definition = definition;
        this.upkeep = group != null && UPKEEP.contains(group);
        this.crowd = crowd;
    }

    boolean isOf(Object other) {
        return definition == other;
    }

    boolean isUpkeep() {
        return upkeep;
    }

    StepActivity step(NamedNode node) {
        return steps.computeIfAbsent(node.getId(), absent -> new StepActivity(this, node));
    }

    Iterable<StepActivity> steps() {
        return steps.values();
    }

    void begun(Exchange exchange) {
        begun.increment();
        messages.add(StepActivity.messagesIn(exchange));
        lastMillis = System.currentTimeMillis();
        if (crowd.isPresent()) {
            crowd.get().enter(exchange, begun.sum() - over.sum());
        }
    }

    void over() {
        over.increment();
        if (crowd.isPresent()) {
            crowd.get().leave();
        }
    }

    /** A step failed; the steps around it may say the same again. */
    void failed(Trouble now, Throwable thrown) {
        Throwable reason = StepActivity.reason(thrown);
        if (counted.get() != reason) {
            counted = new WeakReference<>(reason);
            failed.increment();
            Trouble before = trouble;
            if (before == null || !before.hangs()) {
                trouble = now;
            }
        }
    }

    /** A step hangs; empty if none does. */
    void hangs(Optional<Trouble> now) {
        Trouble before = trouble;
        if (now.isPresent()) {
            trouble = now.get();
        } else if (before != null && before.hangs()) {
            // It is remembered like an error, from when it was over.
            trouble = new Trouble(before.step(), before.line(), Instant.now(), false, "hung: " + before.text());
        }
    }

    Optional<Trouble> trouble() {
        Trouble now = trouble;
        boolean isRecent =
                now != null && (now.hangs() || now.at().isAfter(Instant.now().minus(REMEMBERED)));
        return isRecent ? Optional.ofNullable(now) : Optional.empty();
    }

    /** Once a second, by one thread. */
    synchronized void tick() {
        messagesLately.note(messages.sum());
        failedLately.note(failed.sum());
    }

    /** What began before now ends at its next step. */
    void giveUp() {
        givenUpUntilMillis = System.currentTimeMillis();
    }

    boolean hasGivenUp(Exchange exchange) {
        long until = givenUpUntilMillis;
        return (until != 0 && exchange.getClock().getCreated() <= until)
                || (crowd.isPresent() && Crowd.isRefused(exchange));
    }

    @Nullable
    Tracer tracer() {
        return tracer;
    }

    void traceWith(@Nullable Tracer wanted) {
        tracer = wanted;
    }

    synchronized FlowFigures figures() {
        Map<String, StepFigures> each = new HashMap<>();
        steps.forEach((step, activity) -> each.put(step, activity.figures()));
        long ended = over.sum();
        long all = begun.sum();
        long allMessages = messages.sum();
        long allFailed = failed.sum();
        long last = lastMillis;
        return new FlowFigures(
                since,
                all,
                allMessages,
                allFailed,
                Math.max(0, all - ended),
                messagesLately.grownIn(60, allMessages),
                failedLately.grownIn(300, allFailed),
                last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)),
                trouble(),
                each);
    }
}
