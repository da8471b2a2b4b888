package org.caravanhub.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.caravanhub.device.Admission;
import org.caravanhub.exchange.Notes;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.text.Hidden;

/** Finds in an exchange what there is to keep. */
final class ExchangeOutcomes {
    private static final String TOPIC = "CamelMqttTopic";

    private final StoreComponent component;

    ExchangeOutcomes(StoreComponent component) {
        this.component = component;
    }

    /** The id of the flow that took the message in. */
    String flow(Exchange exchange) {
        String route = exchange.getFromRouteId();
        return route == null ? "unknown" : route;
    }

    /** The step that failed, or else the one that was last entered, for a person to look at. */
    String step(Exchange exchange) {
        String failed = exchange.getProperty(Notes.FAILED_STEP, String.class);
        if (failed != null) {
            return failed;
        }
        String node = exchange.getExchangeExtension().getHistoryNodeId();
        return node == null ? "" : node;
    }

    /**
     * The body as outcomes.
     *
     * @throws IllegalArgumentException if it is nothing that can be kept
     */
    @SuppressWarnings("unchecked") // each element was looked at
    List<? extends Outcome> readings(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Outcome outcome) {
            return List.of(outcome);
        }
        if (body instanceof List<?> list && (list.isEmpty() || list.get(0) instanceof Outcome)) {
            return (List<? extends Outcome>) list;
        }
        return component.decode(Message.of(topic(exchange), bytes(exchange), receivedAt(exchange)));
    }

    /** Of these, what is kept of devices that are let in, and what is set aside of the others. */
    List<? extends Outcome> letIn(Exchange exchange, List<? extends Outcome> outcomes) {
        Admission admission = component.admission();
        if (admission.isOpen()) {
            return outcomes;
        }
        // What a flow of the owner makes by itself comes of no message.
        boolean isOfDevices = exchange.getProperty(Notes.MESSAGES) != null;
        return isOfDevices ? LetIn.of(outcomes, messages(exchange), admission) : outcomes;
    }

    /** What the exchange began with, as malformed, with the reason why it ended here. */
    List<? extends Outcome> setAside(Exchange exchange) {
        String reason = reason(exchange);
        List<Outcome> malformed = new ArrayList<>();
        for (Message message : messages(exchange)) {
            malformed.add(new Malformed(message, "", Malformed.Cause.FLOW_FAILED, reason));
        }
        return malformed;
    }

    private List<Message> messages(Exchange exchange) {
        Object origin = exchange.getProperty(Notes.MESSAGES);
        Object kept = origin == null ? exchange.getMessage().getBody() : origin;
        if (kept instanceof Message message) {
            return List.of(message);
        }
        if (kept instanceof List<?> list && list.stream().allMatch(Message.class::isInstance)) {
            return list.stream().map(Message.class::cast).toList();
        }
        return List.of(Message.of(topic(exchange), bytes(exchange), receivedAt(exchange)));
    }

    private static String reason(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (cause == null) {
            return "set aside by the flow";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : Hidden.andAlike(message);
    }

    private static String topic(Exchange exchange) {
        String topic = exchange.getMessage().getHeader(TOPIC, String.class);
        return topic == null ? "flow/" + exchange.getFromRouteId() : topic;
    }

    private static byte[] bytes(Exchange exchange) {
        try {
            return exchange.getMessage().getMandatoryBody(byte[].class);
        } catch (InvalidPayloadException e) {
            throw new IllegalArgumentException(
                    "store: cannot keep a body of type "
                            + typeOf(exchange.getMessage().getBody())
                            + "; give it readings, or JSON like {\"device\":\"hut\",\"metrics\":{\"temperature_c\":21.4}}",
                    e);
        }
    }

    private static String typeOf(@org.jspecify.annotations.Nullable Object body) {
        return body == null ? "nothing" : body.getClass().getSimpleName();
    }

    /** When the message came that the exchange began with, which may be long ago; it is being replayed then. */
    private static Instant receivedAt(Exchange exchange) {
        if (exchange.getProperty(Notes.MESSAGES) instanceof List<?> messages
                && messages.size() == 1
                && messages.get(0) instanceof Message message) {
            return message.receivedAt();
        }
        return Instant.ofEpochMilli(exchange.getClock().getCreated());
    }
}
