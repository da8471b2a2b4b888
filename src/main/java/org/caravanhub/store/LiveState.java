package org.caravanhub.store;

/**
 * How a flow that starts from {@code store:} keeps up with what is kept.
 *
 * @param flow its id
 * @param waiting readings that wait for it
 * @param told readings that were given to it since it started
 * @param leftOut the oldest ones that it was too slow for, since it started
 */
public record LiveState(String flow, int waiting, long told, long leftOut) {}
