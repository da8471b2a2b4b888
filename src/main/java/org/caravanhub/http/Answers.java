package org.caravanhub.http;

import java.nio.ByteBuffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The last step of every route of the API, as the bean {@code answer}: the {@link Answer} becomes the response, and nothing else does. */
public final class Answers {
    /** Puts the answer into the message as {@code platform-http} wants it. */
    public void write(Exchange exchange) {
        Message message = exchange.getMessage();
        if (!(message.getBody() instanceof Answer answer)) {
            throw new IllegalStateException("The step before must answer; it left " + message.getBody());
        }
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        answer.headers().forEach(message::setHeader);
        if (answer.status() == 304) {
            message.setBody(null);
            return;
        }
        message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
        // A ByteBuffer is sent at once and with its length; a stream as fast as the client reads.
        message.setBody(answer.isStreamed() ? answer.body() : ByteBuffer.wrap(answer.bytesInHand()));
    }
}
