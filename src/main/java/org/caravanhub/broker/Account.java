package org.caravanhub.broker;

import org.caravanhub.reading.DeviceId;

/**
 * A user of the broker.
 *
 * @param user the name it signs in with; the same rule as for ids of devices, so that no name can add a line to a file
 * @param password what is kept of its secret
 * @param rules what it may publish and read
 */
public record Account(String user, PasswordHash password, TopicRules rules) {
    /**
     * Client ids that begin so belong to the hub's own connections. Whoever takes over a client id takes over its queue,
     * so the hub adds random characters to it: a broker cannot bind a client id to a user everywhere.
     */
    public static final String HUB_CLIENT_PREFIX = "caravan-hub-";

    /** @throws IllegalArgumentException if the user's name breaks {@link DeviceId#RULE} */
    public Account {
        if (!DeviceId.isValid(user)) {
            throw new IllegalArgumentException("the name of a broker's user is " + DeviceId.RULE);
        }
    }

    /** The hub itself: everything, and the broker's own counters. */
    public static Account hub(String user, PasswordHash password) {
        return new Account(user, password, TopicRules.EVERYTHING);
    }

    /** A device: its own topics of the caravan family. Its id is its user name. */
    public static Account device(String id, PasswordHash password) {
        return new Account(id, password, TopicRules.caravan(id));
    }

    /** The same account with more topics, for a device that speaks another family too. */
    public Account and(TopicRules more) {
        return new Account(user, password, rules.and(more));
    }

    /** Whether this is one of the hub's own accounts. */
    boolean isHub() {
        return rules.mayPublish("#");
    }
}
