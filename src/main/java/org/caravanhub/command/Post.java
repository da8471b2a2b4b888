package org.caravanhub.command;

/** Gives commands to the broker. */
public interface Post {
    /** Whether the broker can be reached now. */
    boolean isOpen();

    /**
     * Sends a command and waits until the broker has it.
     *
     * @param seconds after which the broker forgets it, at least 1
     * @throws NotSent if the broker did not say that it has it
     */
    void send(Command command, long seconds) throws NotSent;

    /** The broker did not say that it has it. */
    final class NotSent extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean isPossible;

        /**
         * Says why.
         *
         * @param isPossible whether the broker may have it all the same
         */
        public NotSent(String why, boolean isPossible) {
            super(why, null, false, false);
            this.isPossible = isPossible;
        }

        /** Whether the broker may have it all the same. */
        public boolean isPossible() {
            return isPossible;
        }
    }
}
