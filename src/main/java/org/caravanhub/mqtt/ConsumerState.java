package org.caravanhub.mqtt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one {@code mqtt:} consumer is doing: for the pages on health and the metrics.
 *
 * @param flow the route it feeds
 * @param clientId the name of its session at the broker
 * @param broker the broker's URL, without credentials
 * @param filters what it subscribes to
 * @param connected whether it is connected
 * @param since since when it is connected, or is not
 * @param reason why it is not connected, for an operator; empty if it is
 * @param subscribed whether the broker has confirmed its filters on this connection, or held them already
 * @param sessionPresent whether the broker still had its session at the last connection
 * @param refused those filters that the broker refuses; normally empty
 * @param pending messages that came and are not settled yet
 * @param received messages that came since the start, repeated ones included
 * @param setAside messages that failed and went to the dead letter
 * @param reconnects how often the connection had to be made again
 * @param sessionsLost how often the broker had forgotten the session, and with it what waited there
 * @param stalledSince since when messages are pending and none is settled, if that is for 30 s or more
 */
public record ConsumerState(
        String flow,
        String clientId,
        String broker,
        List<String> filters,
        boolean connected,
        Instant since,
        String reason,
        boolean subscribed,
        boolean sessionPresent,
        List<String> refused,
        int pending,
        long received,
        long setAside,
        long reconnects,
        long sessionsLost,
        Optional<Instant> stalledSince) {

    /** Whether messages of this consumer travel as they should. */
    public boolean isHealthy() {
        return subscribed && refused.isEmpty() && stalledSince.isEmpty();
    }
}
