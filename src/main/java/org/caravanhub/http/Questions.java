package org.caravanhub.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/**
 * The first step of every route of the API, as the bean {@code question}: from now on the body is the {@link Question}, and headers
 * that came with the request are gone.
 */
public final class Questions {
    private static final String ATTRIBUTE = "question";

    /** The question that this exchange carries, with the body of the request. */
    public Question read(Exchange exchange) {
        Question question = of(exchange);
        byte[] body = exchange.getMessage().getBody(byte[].class);
        exchange.getMessage().removeHeaders("*", VertxPlatformHttpConstants.AUTHENTICATED_USER);
        return body == null ? question : question.with(body);
    }

    /** Camel carries a Vert.x user from the edge to the route, and nothing else; so the question travels with the user. */
    static User traveller(Question question) {
        JsonObject attributes = new JsonObject();
        attributes.getMap().put(ATTRIBUTE, question);
        return User.create(new JsonObject(), attributes);
    }

    static Question of(Exchange exchange) {
        if (exchange.getMessage().getHeader(VertxPlatformHttpConstants.AUTHENTICATED_USER) instanceof User user
                && user.attributes().getMap().get(ATTRIBUTE) instanceof Question question) {
            return question;
        }
        throw new IllegalStateException("This request did not come through the edge");
    }
}
