package org.caravanhub.access;

import org.caravanhub.broker.Account;

/**
 * The two user names of a device. A broker knows one password a user, so while two passwords are valid they belong to two names; a new
 * credential gets the one that the credential before does not have. See {@code docs/decisions/0010-two-user-names.md}.
 */
final class UserNames {
    private UserNames() {}

    /** The name of the first credential. */
    static String first(String device) {
        return device;
    }

    /** The name of the credential that follows one of this name. */
    static String after(String user, String device) {
        return user.equals(device) ? device + Account.OTHER_GENERATION : device;
    }
}
