package org.caravanhub.store;

import java.util.Optional;
import org.caravanhub.reading.Document;
import org.caravanhub.reading.Event;

/**
 * An event as it was stored.
 *
 * @param id its number
 * @param event what happened; its details are an empty object if they are too long for a list
 * @param details what the device wrote; none if that is too long for a list
 */
public record PlacedEvent(long id, Event event, Optional<Document> details) {}
