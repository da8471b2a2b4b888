package org.caravanhub.ota;

import java.util.regex.Pattern;

/** What a model and a version may be called: they are parts of addresses, and words on a command line. */
public final class ReleaseName {
    /** The rule, for people. */
    public static final String RULE =
            "1 to 64 letters, digits and . _ + -; the first a letter or digit, and no two dots in a row";

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

    private ReleaseName() {}

    /** Whether it may be the name of a model, or a version. */
    public static boolean isValid(String name) {
        return SHAPE.matcher(name).matches() && !name.contains("..");
    }
}
