package org.caravanhub.broker;

import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps Artemis from logging once per queue, per refused client and per connection cut at the end. What is left speaks of
 * disks and damage.
 */
final class ArtemisLog {
    /** Loggers are forgotten, filter included, when nobody holds them. */
    private final List<Logger> loggers = List.of(
            Logger.getLogger("org.apache.activemq.artemis.core.server"),
            Logger.getLogger("org.apache.activemq.artemis.core.client"),
            Logger.getLogger("org.apache.activemq.artemis.core.protocol.mqtt"));

    private static final Set<String> PER_CLIENT = Set.of(
            "AMQ222165", // a queue without an address for dead letters
            "AMQ222166", // a queue without an address for expired messages
            "AMQ222216", // a wrong password
            "AMQ834007", // a last will on a topic of another
            "AMQ224088", // a connection that says nothing
            "AMQ212037", // a connection that broke
            "AMQ222061", // the session of such a connection is cleaned up
            "AMQ222107"); // the same, said by another class

    private volatile boolean closing;

    void quieten() {
        for (Logger logger : loggers) {
            logger.setFilter(this::isWorthALine);
        }
    }

    /** From here on, connections are cut and say so. */
    void closing() {
        closing = true;
    }

    private boolean isWorthALine(LogRecord line) {
        String message = String.valueOf(line.getMessage());
        String code = message.substring(0, Math.min(9, message.length()));
        return !closing && line.getLevel().intValue() >= Level.WARNING.intValue() && !PER_CLIENT.contains(code);
    }
}
