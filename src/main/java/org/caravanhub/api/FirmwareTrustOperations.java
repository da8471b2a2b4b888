package org.caravanhub.api;

import java.time.Clock;
import org.apache.camel.spi.Registry;
import org.caravanhub.ota.trust.TrustBook;

/** The names by which the routes in {@code routes/api} call what knows whose firmware is believed. */
public final class FirmwareTrustOperations {
    private FirmwareTrustOperations() {}

    /** Binds them; before the routes are loaded. */
    public static void bindTo(Registry registry, TrustBook book, Clock clock) {
        registry.bind("firmwareTrustApi", new FirmwareTrustApi(book, clock));
    }
}
