package org.caravanhub.reading;

/**
 * What became of one thing a device said. Each counts as one <em>received</em> in the ledger, and ends as stored, duplicate or
 * quarantined.
 */
public sealed interface Outcome permits Understood, Malformed {}
