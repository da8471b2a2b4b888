package org.caravanhub.flow;

/**
 * A unit that Camel did not start.
 *
 * @param unit which
 * @param mistake Camel's reason, at its place
 */
record Refused(Unit unit, Mistake mistake) {}
