package org.caravanhub.ota;

/** Where devices fetch the file of a release: short, the same for ever, and not to be guessed. */
public final class Addresses {
    private static final String FOLDER = "/ota/f/";
    private static final String ENDING = ".bin";

    private final String before;

    /** @param before what stands before the path, {@code https://cdn.example.org}; empty for the hub itself */
    public Addresses(String before) {
        this.before = before.replaceAll("/+$", "");
    }

    /** The address of its file; it begins with a slash if the hub itself has it. */
    public String of(Release release) {
        return before + path(release.key());
    }

    /** Where the hub itself has the file with this key. */
    public static String path(String key) {
        return FOLDER + key + ENDING;
    }
}
