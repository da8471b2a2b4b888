package org.caravanhub.rehearsal;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.util.URISupport;
import org.caravanhub.exchange.Shown;

/** Stands around a step, notes what it does, and leaves out what acts or waits. */
final class RehearsedStep extends DelegateAsyncProcessor {
    /** Under this name an exchange carries what is noted of it; what it is split into does too. */
    static final String RECORDING = "CaravanRecording";

    /** What would wait for time to pass or for other messages, with what is said instead. */
    private static final Set<String> WAITING = Set.of("delay", "throttle", "resequence", "sample");

    private final NamedNode node;
    private final Shown shown;
    private final Predicate<String> decides;

    /** @param decides whether the bean of this name only decides, so that it may run */
    RehearsedStep(NamedNode node, Processor target, Shown shown, Predicate<String> decides) {
        super(target);
        this.node = node;
        this.shown = shown;
        this.decides = decides;
    }

    static Recording recording(Exchange exchange) {
        return Objects.requireNonNull(exchange.getProperty(RECORDING, Recording.class), RECORDING);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Recording recording = recording(exchange);
        int place;
        try {
            place = recording.begin(exchange.getMessage().getBody());
        } catch (Recording.Ended e) {
            exchange.setException(e);
            exchange.setRouteStop(true);
            callback.done(true);
            return true;
        }
        long begun = System.nanoTime();
        Optional<String> instead = instead(exchange);
        if (instead.isPresent()) {
            note(recording, place, begun, exchange, instead);
            callback.done(true);
            return true;
        }
        return super.process(exchange, sync -> {
            note(recording, place, begun, exchange, recording.takeTold());
            callback.done(sync);
        });
    }

    private void note(Recording recording, int place, long begun, Exchange exchange, Optional<String> instead) {
        Throwable thrown = exchange.getException();
        recording.end(
                place,
                new Rehearsal.Step(
                        node.getId(),
                        Math.max(0, node.getLineNumber()),
                        shown.text(Objects.requireNonNullElse(URISupport.sanitizeUri(node.getLabel()), "")),
                        shown.body(exchange.getMessage().getBody()),
                        instead,
                        Optional.ofNullable(thrown).map(why -> shown.text(Reason.of(why))),
                        System.nanoTime() - begun));
    }

    private Optional<String> instead(Exchange exchange) {
        String kind = node.getShortName();
        if (node instanceof BeanDefinition bean && !mayRun(bean.getRef())) {
            return Optional.of("would call " + name(bean.getRef(), bean.getMethod()));
        }
        if (node instanceof ProcessDefinition process && !mayRun(process.getRef())) {
            return Optional.of("would call " + name(process.getRef(), null));
        }
        if (isBeanAddress()) {
            return Optional.of("would call " + URISupport.sanitizeUri(node.getLabel()));
        }
        if (node instanceof LogDefinition log) {
            return Optional.of("would log: " + logged(log, exchange));
        }
        if (WAITING.contains(kind)) {
            return Optional.of("would wait (" + kind + "); here it goes on at once");
        }
        if (kind.equals("aggregate")) {
            return Optional.of("would collect it with others; what follows in it is not tried");
        }
        if (kind.equals("pollEnrich") || kind.equals("poll")) {
            return Optional.of("would fetch " + URISupport.sanitizeUri(node.getLabel()) + "; the body stays as it is");
        }
        return Optional.empty();
    }

    /** A bean can be called as a step, or as an address. */
    private boolean isBeanAddress() {
        String uri = "";
        if (node instanceof SendDefinition<?> to) {
            uri = Objects.requireNonNullElse(to.getUri(), "");
        } else if (node instanceof ToDynamicDefinition to) {
            uri = Objects.requireNonNullElse(to.getUri(), "");
        }
        return uri.startsWith("bean") || uri.startsWith("class");
    }

    private boolean mayRun(@org.jspecify.annotations.Nullable String ref) {
        return ref != null && decides.test(ref);
    }

    private static String name(
            @org.jspecify.annotations.Nullable String ref, @org.jspecify.annotations.Nullable String method) {
        return (ref == null ? "code" : ref) + (method == null ? "" : "." + method);
    }

    private String logged(LogDefinition log, Exchange exchange) {
        String message = Objects.requireNonNullElse(log.getMessage(), "");
        try {
            return shown.text(String.valueOf(exchange.getContext()
                    .resolveLanguage("simple")
                    .createExpression(message)
                    .evaluate(exchange, String.class)));
        } catch (RuntimeException e) {
            return message;
        }
    }
}
