package org.caravanhub.reading;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened at a device, at one moment.
 *
 * @param source whose it is
 * @param name what happened, in the device's word: {@code boot}, {@code low_battery}; an error's code
 * @param severity how bad it is
 * @param message for people, empty if there is none
 * @param when when it happened, and when it was received
 * @param details the whole payload
 */
public record Event(Source source, String name, Severity severity, String message, When when, Document details)
        implements Understood {

    /** How bad it is. The words are part of the API. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR,
        CRITICAL;

        /** The word that API and pages use: {@code warning}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public byte[] json() {
        return details.json();
    }

    @Override
    public Instant receivedAt() {
        return when.receivedAt();
    }
}
