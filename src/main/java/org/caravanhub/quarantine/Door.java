package org.caravanhub.quarantine;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.caravanhub.exchange.Entrance;
import org.caravanhub.exchange.Notes;
import org.caravanhub.message.Message;

/**
 * Where a message enters a flow.
 *
 * @param flow the flow that takes it, by which it is counted
 * @param route what it enters: the flow, or the route beside it for messages that are replayed
 */
record Door(String flow, Route route) {
    /**
     * An exchange that begins with this message.
     *
     * @throws CannotEnter if the flow cannot begin with it
     */
    Exchange enter(Message message) throws CannotEnter {
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.getExchangeExtension().setFromRouteId(route.getRouteId());
        List<Message> messages = List.of(message);
        if (route.getEndpoint() instanceof Entrance entrance) {
            try {
                entrance.fill(exchange, messages);
            } catch (IllegalArgumentException e) {
                throw new CannotEnter("flow " + flow + " cannot begin with it: " + e.getMessage());
            }
        } else {
            exchange.getMessage().setBody(message.payload());
            exchange.setProperty(Notes.MESSAGES, messages);
        }
        return exchange;
    }
}
