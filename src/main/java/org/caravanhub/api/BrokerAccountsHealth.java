package org.caravanhub.api;

import org.caravanhub.broker.dynsec.DynamicSecurity;
import org.caravanhub.broker.dynsec.Trouble;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** Whether the broker elsewhere lets in whom the hub would let in. */
public final class BrokerAccountsHealth implements HealthCheck {
    private final DynamicSecurity accounts;

    public BrokerAccountsHealth(DynamicSecurity accounts) {
        this.accounts = accounts;
    }

    @Override
    public String name() {
        return "broker accounts";
    }

    /** Only a warning: who is in stays in, and what they say is kept. */
    @Override
    public Health check() {
        return accounts.trouble()
                .map(BrokerAccountsHealth::told)
                .orElseGet(() -> Health.ok(
                        "The broker's accounts are " + accounts.state().text() + "."));
    }

    private static Health told(Trouble trouble) {
        String what = trouble.what() + " (" + trouble.code() + ")";
        return trouble.passes()
                ? Health.unknown(what, "")
                : Health.warning(
                        what,
                        "Devices that are added, removed or given another password since then are not, at the broker.",
                        trouble.fix());
    }
}
