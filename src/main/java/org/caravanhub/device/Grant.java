package org.caravanhub.device;

/**
 * Somebody who is let in.
 *
 * @param credential by what
 * @param topics which topics are its own
 */
public record Grant(Credential credential, Registration.Topics topics) {}
