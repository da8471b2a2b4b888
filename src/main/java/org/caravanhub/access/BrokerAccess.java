package org.caravanhub.access;

import java.util.Collection;
import java.util.Set;
import org.caravanhub.broker.Account;

/** Gives a broker the accounts that it should have. Safe for use by many threads. */
public interface BrokerAccess {
    /**
     * Makes the accounts of devices at the broker these, and no others; connections of those that are the same stay. Returns when the
     * broker has them, or when it is known that it cannot now: then it is tried again until it can.
     *
     * @param devices every account of a device that should be let in
     * @param secrets passwords by user name that the broker needs in clear, of accounts that are new; a broker that takes hashes does
     *     not look at them
     */
    void apply(Collection<Account> devices, java.util.Map<String, String> secrets);

    /**
     * Users who are not let in for now and may be again, since their devices are disabled; before {@link #apply}. What a broker needs to let
     * them in with the password that they have is kept.
     */
    default void rest(Set<String> users) {}

    /** How it is, for people: {@code in step since ...}, or what is wrong and what to do. */
    State state();

    /**
     * How it is.
     *
     * @param isInStep whether the broker has what was wanted last
     * @param text for people
     * @param fix what to do if it is not in step; empty if nobody has to do anything yet
     */
    record State(boolean isInStep, String text, String fix) {
        /** One that nobody has to do anything about. */
        public State(boolean isInStep, String text) {
            this(isInStep, text, "");
        }
    }
}
