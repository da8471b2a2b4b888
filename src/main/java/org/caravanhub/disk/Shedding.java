package org.caravanhub.disk;

/**
 * Something that may be given up for room.
 *
 * @param percent from how full a disk on, in percent
 * @param what it is, for a person: {@code the oldest readings}
 * @param work gives some of it up, and tells how much
 */
public record Shedding(int percent, String what, Work work) {

    /** Gives up a bounded part at a time; called again while the disk stays that full. */
    @FunctionalInterface
    public interface Work {
        /** Answers how many of them went; an exception means none, and is tried again at the next look. */
        long shed() throws Exception;
    }
}
