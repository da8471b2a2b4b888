package org.caravanhub.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.EmbeddedBroker;

/** Accounts of devices at the broker that the hub brings along. */
public final class EmbeddedAccess implements BrokerAccess {
    private final EmbeddedBroker broker;
    private final Account hub;

    /**
     * At this broker.
     *
     * @param hub the hub's own account
     */
    public EmbeddedAccess(EmbeddedBroker broker, Account hub) {
        this.broker = broker;
        this.hub = hub;
    }

    /** These accounts and the hub's own. */
    public List<Account> withHub(Collection<Account> devices) {
        List<Account> all = new ArrayList<>(devices);
        all.add(hub);
        return all;
    }

    @Override
    public void apply(Collection<Account> devices, Map<String, String> secrets) {
        broker.update(withHub(devices));
    }

    @Override
    public State state() {
        return new State(true, "The broker knows every device's account.");
    }
}
