package org.caravanhub.http;

import java.util.Optional;

/** Which device somebody is. */
@FunctionalInterface
public interface Credentials {
    /** Nobody but the admin: for a hub that has no device credentials. */
    Credentials NONE = (user, password) -> Optional.empty();

    /**
     * The id of the device whose password this is. Called on the event loop for a request, so it takes a millisecond at most (the
     * passwords are random, stretching them adds nothing), and as long for an unknown user as for a known one. Accounts that are
     * not devices' are refused.
     *
     * @param user as sent, checked by nobody; never {@code admin}
     * @param password as sent
     */
    Optional<String> device(String user, String password);
}
