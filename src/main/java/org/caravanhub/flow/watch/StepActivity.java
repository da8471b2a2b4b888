package org.caravanhub.flow.watch;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.util.URISupport;
import org.caravanhub.exchange.Notes;
import org.caravanhub.exchange.Refusal;
import org.caravanhub.text.Hidden;
import org.jspecify.annotations.Nullable;

/** What passes one step. Written by many threads. */
final class StepActivity {
    private static final int LONGEST_TEXT = 300;
    private static final int DEEPEST = 50;

    final FlowActivity flow;
    final String id;
    final String kind;
    /** For a person: where it sends to, or else its kind. */
    final String what;

    final int line;
    final long patienceNanos;

    /** What has left its thread and not come back; only of steps that could hang so. */
    final Set<Passage> away = ConcurrentHashMap.newKeySet();

    private final boolean caught;
    private final boolean calls;
    private final LongAdder entered = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder over = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile @Nullable Trouble last;

    StepActivity(FlowActivity flow, NamedNode step) {
        this.flow = flow;
        this.id = step.getId();
        this.kind = step.getShortName();
        this.what = Uris.of(step).isEmpty()
                ? kind
                : Objects.requireNonNullElse(URISupport.sanitizeUri(Uris.of(step)), kind);
        this.line = Math.max(0, step.getLineNumber());
        this.patienceNanos = Patience.of(step, flow.isUpkeep());
        this.calls = Uris.scheme(Uris.of(step)).equals("direct");
        this.caught = step instanceof ProcessorDefinition<?> definition
                && ProcessorDefinitionHelper.findFirstParentOfType(TryDefinition.class, definition, true) != null;
    }

    void entered(Exchange exchange) {
        entered.increment();
        messages.add(messagesIn(exchange));
    }

    /** A flow that calls itself would take all memory; and a chain of calls as deep as this is none that was meant. */
    boolean isTooDeep(Exchange exchange) {
        return calls
                && exchange.getUnitOfWork() != null
                && exchange.getUnitOfWork().routeStackLevel() > DEEPEST;
    }

    /** A part of a split message is one; its siblings are counted when they come. */
    static int messagesIn(Exchange exchange) {
        Object all = exchange.getProperty(Notes.MESSAGES);
        return all instanceof List<?> list && exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX) == null
                ? list.size()
                : 1;
    }

    void left(Passage passage, long took) {
        over.increment();
        nanos.add(took);
        if (patienceNanos != Patience.ENDLESS) {
            away.remove(passage);
        }
        Throwable thrown = passage.exchange.getException();
        if (thrown != null && !(reason(thrown) instanceof Refusal refusal && refusal.isForWhoAsked())) {
            failed(thrown);
        }
    }

    void failed(Throwable thrown) {
        failed.increment();
        Trouble trouble = new Trouble(id, line, Instant.now(), false, text(thrown));
        last = trouble;
        if (!caught) {
            flow.failed(trouble, thrown);
        }
    }

    StepFigures figures() {
        // In this order, so that never more have left than have entered.
        long left = over.sum();
        long all = entered.sum();
        return new StepFigures(
                all, messages.sum(), failed.sum(), Math.max(0, all - left), nanos.sum(), Optional.ofNullable(last));
    }

    /** The innermost reason; what is around it says only that there is one. */
    static Throwable reason(Throwable thrown) {
        Throwable reason = thrown;
        for (int depth = 0; depth < 20 && reason.getCause() != null; depth++) {
            reason = reason.getCause();
        }
        return reason;
    }

    private static String text(Throwable thrown) {
        Throwable reason = reason(thrown);
        String message = reason.getMessage();
        String text = message == null || message.isEmpty()
                ? reason.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
        String shown = Hidden.andAlike(text);
        return shown.length() <= LONGEST_TEXT ? shown : shown.substring(0, LONGEST_TEXT);
    }
}
