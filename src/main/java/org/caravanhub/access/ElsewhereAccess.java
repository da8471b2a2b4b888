package org.caravanhub.access;

import java.util.Collection;
import java.util.Map;
import org.caravanhub.broker.Account;

/** A broker elsewhere whose accounts somebody else looks after. */
public final class ElsewhereAccess implements BrokerAccess {
    @Override
    public void apply(Collection<Account> devices, Map<String, String> secrets) {
        // Nobody there takes accounts from the hub.
    }

    @Override
    public State state() {
        return new State(true, "Accounts at the broker elsewhere are made there; the hub's are for HTTP.");
    }
}
