package org.caravanhub.ota;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Every release there is. Asks the database: not for an event loop. Safe for use by many threads. */
public interface Releases {
    /** The one with this number. */
    Optional<Release> find(long id);

    /** The one with this name. */
    Optional<Release> find(String model, String version);

    /** The one whose file has this key. */
    Optional<Release> ofKey(String key);

    /** A model's releases, the newest upload first. */
    List<Release> ofModel(String model);

    /** Every release with this version, whichever model it is for. */
    List<Release> ofVersion(String version);

    /** Where its file is; whether it is there, and still what was uploaded, is for whoever opens it to see. */
    Path file(Release release);
}
