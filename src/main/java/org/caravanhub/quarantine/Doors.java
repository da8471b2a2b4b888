package org.caravanhub.quarantine;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.caravanhub.exchange.Entrance;
import org.caravanhub.reading.Malformed;
import org.caravanhub.store.Quarantined;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;

/** Finds the flow that a message from quarantine enters, as the flows are now. */
final class Doors {
    /** A flow that does not begin with a message has a route of this name beside it, for those that are replayed. */
    static final String BESIDE = "replay-";

    private static final String READING = "reading";

    /** What the store itself set aside; {@code store/DEVICE} is what a flow began with that starts from {@code store:}. */
    private static final Pattern REFUSED = Pattern.compile("store/[a-z]+/");

    private final CamelContext camel;

    Doors(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * The flow that set it aside; for a message that no flow had asked for, the one that reads its topic now.
     *
     * @param into another flow instead
     * @throws CannotEnter if there is none, or it does not run
     */
    Door of(Quarantined message, long keptBytes, Optional<String> into) throws CannotEnter {
        if (message.size() > keptBytes) {
            throw new CannotEnter("it is too large: of " + message.size() + " bytes only the first " + keptBytes
                    + " were kept; let the device send it again in parts");
        }
        if (REFUSED.matcher(message.topic()).lookingAt()) {
            throw new CannotEnter("it is not what a device sent, but values that the database refused; see its reason");
        }
        String flow = into.isPresent() ? into.get() : flowOf(message);
        Route route = camel.getRoute(flow);
        if (route == null) {
            throw new CannotEnter("there is no flow " + Quoted.of(flow) + " any more" + whoElse(message));
        }
        Route entered = route.getEndpoint() instanceof Entrance ? route : camel.getRoute(BESIDE + flow);
        if (entered == null) {
            throw new CannotEnter("flow " + flow + " does not begin with a message; name one that does with `into`");
        }
        if (!isRunning(entered)) {
            throw new CannotEnter("flow " + flow + " does not run; resume or repair it first: caravan flow list");
        }
        return new Door(flow, entered);
    }

    private String flowOf(Quarantined message) throws CannotEnter {
        if (!message.cause().equals(Malformed.Cause.UNKNOWN_TOPIC.word())) {
            return message.flow();
        }
        List<Route> readers = readers(message.topic());
        if (readers.isEmpty()) {
            throw new CannotEnter("still no flow reads its topic " + Quoted.of(message.topic()));
        }
        Route one = only(readers);
        if (one == null) {
            throw new CannotEnter("several flows read its topic now: " + names(readers) + "; name one with `into`");
        }
        return one.getRouteId();
    }

    private String whoElse(Quarantined message) {
        List<Route> readers = readers(message.topic());
        return readers.isEmpty() ? "" : "; its topic is read by " + names(readers) + ": name one with `into`";
    }

    private List<Route> readers(String topic) {
        return camel.getRoutes().stream()
                .filter(this::isRunning)
                .filter(route -> route.getEndpoint() instanceof Entrance entrance && entrance.reads(topic))
                .toList();
    }

    /** The only one; else the only one of those that keep readings, since others may listen too; null if that is not one. */
    private static @Nullable Route only(List<Route> readers) {
        List<Route> keepers = readers.size() == 1
                ? readers
                : readers.stream()
                        .filter(route -> READING.equals(route.getGroup()))
                        .toList();
        return keepers.size() == 1 ? keepers.get(0) : null;
    }

    private boolean isRunning(Route route) {
        return camel.getRouteController().getRouteStatus(route.getRouteId()) == ServiceStatus.Started;
    }

    private static String names(List<Route> routes) {
        return String.join(", ", routes.stream().map(Route::getRouteId).sorted().toList());
    }
}
