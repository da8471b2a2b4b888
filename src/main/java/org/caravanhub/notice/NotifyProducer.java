package org.caravanhub.notice;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.DefaultProducer;
import org.caravanhub.exchange.Notes;
import org.jspecify.annotations.Nullable;

/** Makes a notice of each exchange, or says that what it was about is over. */
final class NotifyProducer extends DefaultProducer {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 4096;
    private static final int LONGEST_DEVICE = 64;
    /** What is about all of them is about none. */
    private static final String NONE = "-";

    private final NotifyEndpoint endpoint;
    private final NotifyComponent component;
    private final Expression title;
    private final Expression text;
    private final Optional<Predicate> resolved;
    private final Optional<Expression> device;
    private final Manner manner;

    NotifyProducer(NotifyEndpoint endpoint, NotifyComponent component) {
        super(endpoint);
        this.endpoint = endpoint;
        this.component = component;
        this.title = endpoint.titleExpression();
        this.text = endpoint.textExpression();
        this.resolved = endpoint.resolvedPredicate();
        this.device = endpoint.deviceExpression();
        this.manner = endpoint.manner();
    }

    @Override
    public void process(Exchange exchange) {
        Notice notice = new Notice(
                endpoint.getName(),
                String.valueOf(exchange.getFromRouteId()),
                cut(title.evaluate(exchange, String.class), LONGEST_TITLE),
                cut(text.evaluate(exchange, String.class), LONGEST_TEXT),
                Priority.of(endpoint.getPriority()),
                device(exchange),
                component.clock().instant());
        if (resolved.filter(over -> over.matches(exchange)).isPresent()) {
            component.notices().over(notice);
        } else {
            component.notices().tell(notice, manner);
        }
    }

    private String device(Exchange exchange) {
        return device.map(expression -> cut(expression.evaluate(exchange, String.class), LONGEST_DEVICE))
                .map(named -> named.equals(NONE) ? "" : named)
                .orElseGet(() -> exchange.getProperty(Notes.DEVICE, "", String.class));
    }

    private static String cut(@Nullable String text, int longest) {
        if (text == null) {
            return "";
        }
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
