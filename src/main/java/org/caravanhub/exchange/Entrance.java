package org.caravanhub.exchange;

import java.util.List;
import org.apache.camel.Exchange;
import org.caravanhub.message.Message;

/**
 * An endpoint that a flow may start from and that makes exchanges of messages: it tells how, so that a message can enter the flow in
 * another way than it usually does. That is how a message is tried, and how one from quarantine is replayed.
 */
public interface Entrance {
    /**
     * Makes the exchange what it would be had these messages just arrived; their time is the one they carry.
     *
     * @param exchange a new one
     * @param messages one, or several if the flow takes several at a time
     * @throws IllegalArgumentException if a message cannot begin this flow, with the reason for a person
     */
    void fill(Exchange exchange, List<Message> messages);

    /** Whether a message on this topic would begin the flow, were it published now. */
    default boolean reads(String topic) {
        return false;
    }
}
