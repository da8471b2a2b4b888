package org.caravanhub.ota.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Says of a file whether it may be published. Safe for use by many threads; reads the file, so not for an event loop. */
@FunctionalInterface
public interface Judge {
    /** What it found. */
    sealed interface Verdict {}

    /**
     * It may be. A text that the file does not tell is empty; for the words see {@link org.caravanhub.ota.Artifact}.
     *
     * @param version under which: the claimed one, or the one in the file
     * @param signedBy the name of the trusted key that signed it; empty if it has no signature
     * @param remarks sentences for whoever uploads it; mostly none
     */
    record Accepted(
            String version,
            String kind,
            String chip,
            String project,
            String builtVersion,
            String elfSha256,
            String appendedSha256,
            String signedBy,
            List<String> remarks)
            implements Verdict {}

    /**
     * It may not be.
     *
     * @param reason a sentence: why, and what to do
     */
    record Refused(String reason) implements Verdict {}

    /**
     * Judges a whole file.
     *
     * @param model which devices it is said to be for
     * @param version the version that it is to be published under; empty if it is to be the one in the file
     * @param signature a detached signature, as it came
     */
    Verdict judge(Path file, String model, Optional<String> version, Optional<byte[]> signature) throws IOException;
}
