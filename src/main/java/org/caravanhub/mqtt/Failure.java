package org.caravanhub.mqtt;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with an exchange, kept after the exchange is gone.
 *
 * @param cause the exception; absent if the flow rolled back without one
 * @param routeId the route that failed
 * @param endpoint where it failed, if it was at an endpoint
 */
record Failure(
        @Nullable Throwable cause,
        @Nullable String routeId,
        @Nullable String endpoint) {

    static Failure of(Exchange exchange) {
        String failed = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
        return new Failure(
                exchange.getException(),
                failed == null ? exchange.getFromRouteId() : failed,
                exchange.getProperty(Exchange.FAILURE_ENDPOINT, String.class));
    }

    /** In one line, for the log. */
    String reason() {
        if (cause == null) {
            return "rolled back";
        }
        String said = cause.getMessage();
        return cause.getClass().getSimpleName() + (said == null ? "" : ": " + said);
    }

    /** Tells a dead letter what happened, where Camel's own error handlers would tell it. */
    void describeIn(Exchange deadLetter) {
        deadLetter.setProperty(Exchange.EXCEPTION_CAUGHT, cause);
        deadLetter.setProperty(Exchange.FAILURE_ROUTE_ID, routeId);
        deadLetter.setProperty(Exchange.FAILURE_ENDPOINT, endpoint);
    }
}
