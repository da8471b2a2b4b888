package org.caravanhub.http;

import java.nio.ByteBuffer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/** Who asks a flow that fails without a policy for it is told so; Camel would answer with nothing. Why it failed is the owner's to know. */
final class FailedFlow extends RoutePolicySupport implements RoutePolicyFactory {
    /** Given to each request by the edge. */
    static final String REQUEST_ID = "X-Request-Id";

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext camel, String flow, NamedNode route) {
        boolean isAsked = route instanceof RouteDefinition definition
                && definition.getInput() != null
                && definition.getInput().getEndpointUri().startsWith("platform-http");
        return isAsked ? this : null;
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (exchange.getException() == null) {
            return;
        }
        exchange.setException(null);
        Problem problem = Problem.of(
                ProblemCode.FLOW_FAILED,
                "The flow " + route.getRouteId() + " failed on this request; `caravan flow trace " + route.getRouteId()
                        + "` shows at which step, and why.");
        Message message = exchange.getMessage();
        String path = message.getHeader(Exchange.HTTP_PATH, "", String.class);
        String requestId = message.getHeader(REQUEST_ID, "", String.class);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.code().status());
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        message.setBody(ByteBuffer.wrap(problem.json(path, requestId)));
    }
}
