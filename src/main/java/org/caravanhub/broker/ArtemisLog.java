package org.caravanhub.broker;

import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps Artemis from writing payloads, passwords, or a line per message and client into the hub's log. What is left
 * speaks of disks and damage.
 */
final class ArtemisLog {
    private static final Set<String> PER_CLIENT = Set.of(
            "AMQ222165", // a queue without an address for dead letters
            "AMQ222147", // a message whose time is up
            "AMQ222166", // a queue without an address for expired messages
            "AMQ222216", // a wrong password
            "AMQ834007", // a last will on a topic of another
            "AMQ224088", // a connection that says nothing
            "AMQ212037", // a connection that broke
            "AMQ222061", // the session of such a connection is cleaned up
            "AMQ222107"); // the same, said by another class

    /** Quotes the packet, and with a CONNECT its password. */
    private static final String QUOTES_PACKET = "AMQ834002";

    // Loggers are forgotten, with their levels and filters, when nobody holds them.
    private final Logger all = Logger.getLogger("org.apache.activemq");
    private final Logger audit = Logger.getLogger("org.apache.activemq.audit");
    private final Logger publishing =
            Logger.getLogger("org.apache.activemq.artemis.core.protocol.mqtt.MQTTPublishManager");
    private final List<Logger> filtered = List.of(
            Logger.getLogger("org.apache.activemq.artemis.core.server"),
            Logger.getLogger("org.apache.activemq.artemis.core.client"),
            Logger.getLogger("org.apache.activemq.artemis.core.protocol.mqtt"));

    private volatile boolean closing;

    /** To be called before the first class of Artemis is loaded: the audit, on at INFO, writes each message and payload. */
    void quieten() {
        all.setLevel(Level.WARNING);
        audit.setLevel(Level.OFF);
        publishing.setLevel(Level.SEVERE); // warns of each acknowledgement that comes twice
        filtered.forEach(logger -> logger.setFilter(this::isWorthALine));
    }

    /** From here on, connections are cut and say so. */
    void closing() {
        closing = true;
    }

    private boolean isWorthALine(LogRecord line) {
        String message = String.valueOf(line.getMessage());
        String code = message.substring(0, Math.min(QUOTES_PACKET.length(), message.length()));
        if (code.equals(QUOTES_PACKET)) {
            line.setMessage(QUOTES_PACKET + ": Error processing a control packet.");
        }
        return !closing && !PER_CLIENT.contains(code);
    }
}
