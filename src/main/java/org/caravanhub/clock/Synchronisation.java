package org.caravanhub.clock;

/** Whether the machine's clock follows a better one at this moment. */
@FunctionalInterface
public interface Synchronisation {
    /** Asked rarely, and allowed to take some seconds. */
    boolean isSynchronised();
}
