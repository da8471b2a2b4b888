package org.caravanhub.ota.trust;

import java.util.List;
import org.caravanhub.ota.image.Image;

/** Whether an upload may be published. */
public sealed interface Judgement {
    /**
     * It may be.
     *
     * @param version under which: the claimed one, or the image's own
     * @param signedBy the name of the trusted key that signed it; empty if it has no signature
     * @param remarks sentences for whoever uploads it; mostly none
     */
    record Accepted(Image image, String version, String signedBy, List<String> remarks) implements Judgement {}

    /**
     * It may not be.
     *
     * @param reason for people: what is wrong, and what to do
     */
    record Refused(Why why, String reason) implements Judgement {}

    /** Why an upload is refused. */
    enum Why {
        /** It is no image that a device could be given. */
        NO_IMAGE,
        /** The model has another chip. */
        OTHER_CHIP,
        /** Nobody said which version it is. */
        NO_VERSION,
        /** The model takes signed releases only, and there is no signature. */
        NOT_SIGNED,
        /** There is a signature, and it is not one of this file by a trusted key, or it was made for another release. */
        WRONG_SIGNATURE
    }
}
