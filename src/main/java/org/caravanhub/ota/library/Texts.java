package org.caravanhub.ota.library;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.caravanhub.ota.Release;

/** What may be changed of a release after it was published: what people read, and from where one may update. */
public record Texts(String notes, String changelog, String minVersion) {
    /** How long notes and changelog may be, in characters. */
    public static final int LONGEST = 4000;

    private static final int EDITION_BYTES = 8;

    /** Those of a release. */
    public static Texts of(Release release) {
        return new Texts(release.notes(), release.changelog(), release.minVersion());
    }

    /** Another one for other texts. */
    public String edition() {
        String all = notes.length() + ":" + notes + changelog.length() + ":" + changelog + minVersion;
        byte[] digest = Arrival.digest("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, EDITION_BYTES);
    }
}
