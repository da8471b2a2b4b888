package org.caravanhub.http;

import io.vertx.ext.web.RoutingContext;

/** Answers an operation of the contract itself, without a route: what moves more bytes than a route should hold. */
@FunctionalInterface
public interface DirectHandler {
    /**
     * Called on the event loop, so it returns at once. The request has passed the gate; its body, if it has one, was not read yet and
     * has no limit but the handler's own, neither in size nor in time. A {@link Problem} goes to {@code context.fail}.
     */
    void handle(RoutingContext context, Question question);
}
