package org.caravanhub.settings;

import java.util.List;

/** What is configured cannot be used. Says every mistake, each with its place and the nearest right thing. */
public final class WrongSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    /** @param mistakes at least one, each a line that says where and what */
    public WrongSettings(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One line each: {@code file:line: what is wrong – did you mean ...?} */
    public List<String> mistakes() {
        return mistakes;
    }
}
