package org.caravanhub.bundle;

import java.io.IOException;

/**
 * Something that may go into a bundle.
 *
 * @param name its file there: {@code machine/memory.txt}
 * @param what it is, in a few words
 * @param text reads it
 */
public record Part(String name, String what, Text text) {
    /** Reads a part; nobody has taken secrets out yet. */
    @FunctionalInterface
    public interface Text {
        /**
         * All of it.
         *
         * @throws IOException if it cannot be had, saying why
         */
        String read() throws IOException;
    }
}
