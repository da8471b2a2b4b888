package org.caravanhub.broker;

import org.caravanhub.reading.DeviceId;

/**
 * A user of the broker.
 *
 * @param user the name it signs in with, see {@link #isUser}; so that no name can add a line to a file
 * @param password what is kept of its secret
 * @param rules what it may publish and read
 */
public record Account(String user, PasswordHash password, TopicRules rules) {
    /**
     * Client ids that begin so belong to the hub's own connections. Whoever takes over a client id takes over its queue,
     * so the hub adds random characters to it: a broker cannot bind a client id to a user everywhere.
     */
    public static final String HUB_CLIENT_PREFIX = "caravan-hub-";

    /** How the name of a device's other generation of credentials ends. */
    public static final String OTHER_GENERATION = "~2";

    /** @throws IllegalArgumentException if this may not be the user's name */
    public Account {
        if (!isUser(user)) {
            throw new IllegalArgumentException(
                    "the name of a broker's user is " + DeviceId.RULE + ", and may end in " + OTHER_GENERATION);
        }
    }

    /** Whether a user may have this name: an id of a device, or that with {@link #OTHER_GENERATION} behind it. */
    public static boolean isUser(String name) {
        return DeviceId.isValid(
                name.endsWith(OTHER_GENERATION) ? name.substring(0, name.length() - OTHER_GENERATION.length()) : name);
    }

    /** The hub itself: everything, and the broker's own counters. */
    public static Account hub(String user, PasswordHash password) {
        return new Account(user, password, TopicRules.EVERYTHING);
    }

    /** A device: its own topics of the caravan family. Its id is its user name. */
    public static Account device(String id, PasswordHash password) {
        return new Account(id, password, TopicRules.caravan(id).and(TopicRules.COMMON));
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
