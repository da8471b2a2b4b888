package org.caravanhub.api;

import java.time.Clock;
import org.apache.camel.spi.Registry;
import org.caravanhub.alert.AlertBook;
import org.caravanhub.alert.AlertCentre;
import org.caravanhub.alert.Deliveries;
import org.caravanhub.alert.Trials;

/** The names by which the routes in {@code routes/api} call what knows of alerts. */
public final class AlertOperations {
    private AlertOperations() {}

    /** Binds them; before the routes are loaded. */
    public static void bindTo(
            Registry registry, AlertCentre centre, AlertBook book, Deliveries deliveries, Trials trials, Clock clock) {
        registry.bind("alertApi", new AlertApi(centre, book, deliveries, clock));
        registry.bind("alertTestApi", new AlertTestApi(trials, deliveries));
    }
}
