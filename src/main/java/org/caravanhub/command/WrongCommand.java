package org.caravanhub.command;

/** A command that its device's family does not know in this form; the message says what the family takes. */
public final class WrongCommand extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongCommand(String why) {
        super(why, null, false, false);
    }
}
