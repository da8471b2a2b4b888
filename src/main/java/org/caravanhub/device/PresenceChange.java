package org.caravanhub.device;

import java.time.Instant;

/**
 * A device became present in another way.
 *
 * @param device its id
 * @param state how it is since then
 * @param reason why, for a person: {@code last will at 14:02}
 * @param at when, by the hub's clock
 */
public record PresenceChange(String device, Presence state, String reason, Instant at) {}
