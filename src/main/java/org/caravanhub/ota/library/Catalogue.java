package org.caravanhub.ota.library;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.caravanhub.ota.Artifact;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Releases;

/**
 * The releases as they are kept; each change is one transaction with its entry in the audit. Knows nothing of files but their names. Not for
 * an event loop.
 */
public interface Catalogue extends Releases {
    /**
     * Who asks, and by which operation of the API.
     *
     * @param who {@code admin}, {@code api-key}
     */
    record By(String who, String action) {}

    /** A release that is to be. */
    record Draft(String model, String version, Artifact artifact, Texts texts, String signedBy) {}

    /**
     * What there is.
     *
     * @param bytes of their files; one that two releases share counts once
     */
    record Used(long releases, long bytes) {}

    /** What is asked for by an edition is there in another one by now. */
    final class OtherEdition extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** @param current the edition that is there */
        public OtherEdition(String current) {
            super(current, null, false, false);
        }

        /** The edition that is there. */
        public String current() {
            return String.valueOf(getMessage());
        }
    }

    /** A release that a rollout needs. */
    final class InUse extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** @param rollout its name */
        public InUse(String rollout) {
            super(rollout, null, false, false);
        }

        /** The name of the rollout that needs it. */
        public String rollout() {
            return String.valueOf(getMessage());
        }
    }

    /** A page of releases, of a model or of all, the newest upload first, of those with a smaller number than {@code before}. */
    List<Release> page(Optional<String> model, long before, int limit);

    /** How many there are, and how much room their files take. */
    Used used();

    /** Whether the file with this SHA-256 is that of any release. */
    boolean isNeeded(String sha256);

    /** Publishes it; nobody has this name. */
    Release insert(Draft draft, By by);

    /**
     * Changes its texts.
     *
     * @param expected the edition that is to be changed; empty for whichever there is
     * @return it as it is now; empty if there is none
     * @throws OtherEdition if it is another one
     */
    Optional<Release> edit(String model, String version, Optional<String> expected, UnaryOperator<Texts> edit, By by);

    /**
     * Takes it away; its file stays.
     *
     * @return what it was; empty if there is none
     * @throws InUse if a rollout that is open needs it
     */
    Optional<Release> remove(String model, String version, By by);
}
