package org.caravanhub.ota.signature;

/** What came of looking at a signature. */
public sealed interface Checked {
    /**
     * Somebody who is trusted signed exactly this file.
     *
     * @param by the name of the key
     * @param comment what was signed with it; empty where nothing can be
     */
    record Signed(String by, String comment) implements Checked {}

    /**
     * Nobody did, as far as can be told.
     *
     * @param reason what is wrong and what to do, a sentence
     */
    record Unsigned(String reason) implements Checked {}
}
