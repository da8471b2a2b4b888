package org.caravanhub.ota;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.caravanhub.device.Presence;
import org.caravanhub.device.Whereabouts;

/**
 * When devices that are updating asked for firmware last: a device that never publishes is there all the same. Knows nobody while no rollout
 * is open. Safe for use by many threads.
 */
final class Contacts {
    private static final Duration FRESH = Duration.ofMinutes(15);

    private final Whereabouts whereabouts;
    private final LongSupplier nanos;
    private final Map<String, Contact> contacts = new ConcurrentHashMap<>();

    private record Contact(Instant at, long nanos) {}

    Contacts(Whereabouts whereabouts, LongSupplier nanos) {
        this.whereabouts = whereabouts;
        this.nanos = nanos;
    }

    /** It asked now. */
    void note(String device, Instant at) {
        contacts.put(device, new Contact(at, nanos.getAsLong()));
    }

    /** Nobody is updating. */
    void forget() {
        contacts.clear();
    }

    Presence of(String device) {
        Presence heard = whereabouts.of(device);
        Contact contact = contacts.get(device);
        boolean isFresh = contact != null && nanos.getAsLong() - contact.nanos() < FRESH.toNanos();
        return isFresh && heard != Presence.DISABLED ? Presence.ONLINE : heard;
    }

    /** What is known of it, with that. */
    Evidence evidence(String device, FleetBook.Told told) {
        Contact contact = contacts.get(device);
        Optional<Instant> heard = told.heardAt();
        if (contact != null && contact.at().isAfter(heard.orElse(Instant.MIN))) {
            heard = Optional.of(contact.at());
        }
        return new Evidence(of(device), told.version(), told.toldAt(), heard, told.restarts());
    }
}
