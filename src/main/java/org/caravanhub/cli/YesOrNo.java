package org.caravanhub.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks somebody at a terminal; nobody else is asked. */
final class YesOrNo {
    private YesOrNo() {}

    /** Whether it was said that it is meant; if nobody can be asked, what to add is told. */
    static boolean ask(Surroundings here, String question) throws IOException {
        if (!here.terminal()) {
            here.err().println("  → add --yes to do it");
            return false;
        }
        here.err().print(question + " [y/N] ");
        here.err().flush();
        String typed = new BufferedReader(
                        new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))
                .readLine();
        boolean isYes = typed != null
                && (typed.strip().toLowerCase(Locale.ROOT).equals("y")
                        || typed.strip().toLowerCase(Locale.ROOT).equals("yes"));
        if (!isYes) {
            here.err().println("Nothing was changed.");
        }
        return isYes;
    }
}
