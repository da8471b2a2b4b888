package org.caravanhub.reading;

import java.time.Instant;

/**
 * The configuration that a device reports it has: the whole of it, so that a newer report takes the place of an older one.
 *
 * @param source whose it is
 * @param when when it was reported, and received
 * @param document the configuration, a JSON object
 */
public record Configuration(Source source, When when, Document document) implements Understood {
    @Override
    public byte[] json() {
        return document.json();
    }

    @Override
    public Instant receivedAt() {
        return when.receivedAt();
    }
}
