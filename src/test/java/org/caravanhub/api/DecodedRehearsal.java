package org.caravanhub.api;

import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.caravanhub.exchange.Entrance;
import org.caravanhub.exchange.Notes;
import org.caravanhub.message.Message;
import org.caravanhub.rehearsal.Rehearsal;
import org.caravanhub.store.Gathering;

/** Runs the flow itself, and takes what it would keep; enough for flows that reach out to nobody. */
final class DecodedRehearsal implements Rehearsal {
    private final CamelContext camel;

    DecodedRehearsal(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public Result of(String flow, Message message) {
        Route route = camel.getRoute(flow);
        Exchange exchange = route.getEndpoint().createExchange();
        if (route.getEndpoint() instanceof Entrance entrance) {
            entrance.fill(exchange, List.of(message));
        } else {
            exchange.getMessage().setBody(message.payload());
            exchange.setProperty(Notes.MESSAGES, List.of(message));
        }
        Gathering gathering = Gathering.in(exchange);
        try {
            route.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        Gathering.Gathered gathered = gathering.close();
        Optional<String> failure = gathered.setAside()
                .map(malformed -> malformed.reason())
                .or(() -> Optional.ofNullable(exchange.getException()).map(Throwable::toString));
        return new Result(List.of(), gathered.kept(), failure);
    }
}
