package org.caravanhub.audit;

import java.time.Instant;

/**
 * One change that somebody made.
 *
 * @param at when, by the hub's clock
 * @param who made it: {@code admin}, {@code device:hut}, {@code hub}
 * @param action the operation of the API, in its words: {@code rename-device}
 * @param subject what it was done to: {@code device/hut}, {@code claim-code/3f9a}
 * @param details a JSON object that says more, without secrets; <code>{}</code> if there is no more to say
 */
public record AuditEntry(Instant at, String who, String action, String subject, String details) {}
