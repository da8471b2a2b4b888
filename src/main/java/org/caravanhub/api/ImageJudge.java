package org.caravanhub.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.caravanhub.ota.image.Image;
import org.caravanhub.ota.library.Judge;
import org.caravanhub.ota.trust.Claim;
import org.caravanhub.ota.trust.Judgement;

/** What the library asks of a file, told by those who read images and check signatures. */
final class ImageJudge implements Judge {
    private final org.caravanhub.ota.trust.Judge judge;

    ImageJudge(org.caravanhub.ota.trust.Judge judge) {
        this.judge = judge;
    }

    @Override
    public Verdict judge(Path file, String model, Optional<String> version, Optional<byte[]> signature)
            throws IOException {
        Judgement judgement = judge.judge(file, new Claim(model, version), signature);
        if (judgement instanceof Judgement.Refused refused) {
            return new Refused(refused.reason());
        }
        Judgement.Accepted accepted = (Judgement.Accepted) judgement;
        Image image = accepted.image();
        return new Accepted(
                accepted.version(),
                image.kind().word(),
                image.chip(),
                image.project(),
                image.version(),
                image.elfSha256(),
                image.appendedSha256(),
                accepted.signedBy(),
                accepted.remarks());
    }
}
