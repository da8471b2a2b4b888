package org.caravanhub.api;

import java.util.function.Supplier;
import org.caravanhub.access.BrokerAccess;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** Whether the broker lets in who should be let in, and nobody else. */
public final class AccessHealth implements HealthCheck {
    private final Supplier<BrokerAccess.State> state;

    /** Asks for the state of the accounts. */
    public AccessHealth(Supplier<BrokerAccess.State> state) {
        this.state = state;
    }

    @Override
    public String name() {
        return "access";
    }

    @Override
    public Health check() {
        BrokerAccess.State now = state.get();
        return now.isInStep()
                ? Health.ok(now.text())
                : Health.warning(
                        now.text(),
                        "A new device may not be let in yet, and one that was taken out may still be.",
                        "Nothing, if it goes away by itself; else look at the health of the database and of the broker.");
    }
}
