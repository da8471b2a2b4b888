package org.caravanhub.notice;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultProducer;
import org.caravanhub.exchange.Notes;

/** Makes a notice of each exchange, unless the same was told of late. */
final class NotifyProducer extends DefaultProducer {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 4096;

    private final NotifyEndpoint endpoint;
    private final NotifyComponent component;
    private final Expression title;
    private final Expression text;

    NotifyProducer(NotifyEndpoint endpoint, NotifyComponent component) {
        super(endpoint);
        this.endpoint = endpoint;
        this.component = component;
        this.title = endpoint.titleExpression();
        this.text = endpoint.textExpression();
    }

    @Override
    public void process(Exchange exchange) {
        String device = exchange.getProperty(Notes.DEVICE, "", String.class);
        Duration again = Duration.ofMillis(endpoint.getAgain());
        if (component.repeats().isDue(endpoint.getName(), device, again, System.nanoTime())) {
            component
                    .notices()
                    .tell(new Notice(
                            endpoint.getName(),
                            String.valueOf(exchange.getFromRouteId()),
                            cut(title.evaluate(exchange, String.class), LONGEST_TITLE),
                            cut(text.evaluate(exchange, String.class), LONGEST_TEXT),
                            Priority.of(endpoint.getPriority()),
                            device,
                            component.clock().instant()));
        }
    }

    private static String cut(@org.jspecify.annotations.Nullable String text, int longest) {
        if (text == null) {
            return "";
        }
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
