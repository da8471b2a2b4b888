package org.caravanhub.quarantine;

/** A message that cannot be given to a flow now, with the reason and what to do, for a person. */
final class CannotEnter extends Exception {
    private static final long serialVersionUID = 1;

    CannotEnter(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
