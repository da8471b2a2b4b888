package org.caravanhub.api;

import java.time.Clock;
import org.apache.camel.spi.Registry;
import org.caravanhub.access.Accounts;
import org.caravanhub.access.ClaimCodes;
import org.caravanhub.access.Places;
import org.caravanhub.access.Provisioning;
import org.caravanhub.store.AccessBook;

/** The names by which the routes in {@code routes/api} call what lets devices in. */
public final class AccessOperations {
    private AccessOperations() {}

    /** Binds them; before the routes are loaded. */
    public static void bindTo(Registry registry, AccessBook book, Accounts accounts, Places places, Clock clock) {
        Provisioning provisioning = new Provisioning(book, accounts, clock);
        registry.bind("accessApi", new AccessApi(provisioning, places));
        registry.bind("snippetApi", new SnippetApi(provisioning, places));
        registry.bind("claimApi", new ClaimApi(new ClaimCodes(book, clock), provisioning, places, clock));
    }
}
