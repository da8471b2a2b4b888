package org.caravanhub.broker.dynsec;

/**
 * How the hub itself signs in at the broker.
 *
 * @param user its name
 * @param secret its password
 */
record HubAccount(String user, String secret) {
    /** Without the password. */
    @Override
    public String toString() {
        return "HubAccount[" + user + "]";
    }
}
