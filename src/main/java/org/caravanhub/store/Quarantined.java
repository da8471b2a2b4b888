package org.caravanhub.store;

import java.time.Instant;

/**
 * Something that is in quarantine.
 *
 * @param id its number; later ones are larger
 * @param receivedAt when it came, by the hub's clock
 * @param topic the topic it came on
 * @param size how many bytes were sent
 * @param device whose it is, or empty if the topic does not tell
 * @param cause the class of the mistake, a word of {@link org.caravanhub.reading.Malformed.Cause}
 * @param reason what exactly is wrong, for a person
 * @param flow the flow that could not use it
 * @param step the step of the flow
 */
public record Quarantined(
        long id,
        Instant receivedAt,
        String topic,
        long size,
        String device,
        String cause,
        String reason,
        String flow,
        String step) {}
