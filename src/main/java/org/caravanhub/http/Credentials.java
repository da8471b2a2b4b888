package org.caravanhub.http;

/** Whether a device is the one it says it is. */
@FunctionalInterface
public interface Credentials {
    /** Nobody but the admin: for a hub that has no device credentials. */
    Credentials NONE = (user, password) -> false;

    /**
     * Whether this is the device's password. Called on the event loop for each request, so it takes a millisecond at most (the
     * passwords are random, stretching them adds nothing), and as long for an unknown user as for a known one. Accounts that are
     * not devices' are refused.
     *
     * @param user a device id as sent, checked by nobody; never {@code admin}
     * @param password as sent
     */
    boolean verify(String user, String password);
}
