package org.caravanhub.ota.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.caravanhub.ota.image.Finding;
import org.caravanhub.ota.image.Image;
import org.caravanhub.ota.image.ImageReader;
import org.caravanhub.ota.image.Kind;
import org.caravanhub.ota.image.NoImage;
import org.caravanhub.ota.signature.Checked;
import org.caravanhub.ota.signature.SignatureCheck;
import org.caravanhub.ota.trust.Judgement.Accepted;
import org.caravanhub.ota.trust.Judgement.Refused;
import org.caravanhub.ota.trust.Judgement.Why;
import org.caravanhub.ota.version.VersionOrder;
import org.caravanhub.text.Quoted;

/**
 * Says of a file whether it may be published: what it is, whether it is for the model's chip, and whether whoever signed it is trusted. Reads
 * the file and asks the database: not for an event loop. Safe for use by many threads.
 */
public final class Judge {
    private final TrustBook book;
    private final Function<String, Set<String>> chips;

    /**
     * Judges by what the owner said.
     *
     * @param chips for which chips a model's releases are, in the words of {@link #chip}; none if it has no release
     */
    public Judge(TrustBook book, Function<String, Set<String>> chips) {
        this.book = book;
        this.chips = chips;
    }

    /** By which word a model's images are held together: the chip, and the kind of those that name none. */
    public static String chip(String kind, String chip) {
        return chip.isEmpty() ? kind : chip;
    }

    /**
     * Judges a whole file.
     *
     * @param signature a detached signature, as it came
     * @throws IOException if the file could not be read; never for what is in it
     */
    public Judgement judge(Path file, Claim claim, Optional<byte[]> signature) throws IOException {
        Finding finding = ImageReader.read(file);
        if (finding instanceof NoImage none) {
            return new Refused(Why.NO_IMAGE, none.text());
        }
        Image image = (Image) finding;
        Optional<Refused> otherChip = otherChip(image, claim.model());
        if (otherChip.isPresent()) {
            return otherChip.get();
        }
        Optional<String> version =
                claim.version().filter(said -> !said.isEmpty()).or(() -> own(image));
        if (version.isEmpty()) {
            return new Refused(
                    Why.NO_VERSION,
                    image.isPrebuilt()
                            ? "The version in the image is that of the Arduino core, not yours. Say which it is: `version`."
                            : "The image does not tell its version. Say which it is: `version`.");
        }
        if (signature.isEmpty()) {
            return book.policy(claim.model()).filter(FirmwarePolicy::signedOnly).isPresent()
                    ? new Refused(
                            Why.NOT_SIGNED,
                            "Releases of " + Quoted.of(claim.model())
                                    + " have to be signed, and this one has no signature."
                                    + " Sign the file with a key that is trusted here, and send the signature with it.")
                    : new Accepted(image, version.get(), "", remarks(image, version.get()));
        }
        return signed(file, claim, image, version.get(), signature.get());
    }

    private Judgement signed(Path file, Claim claim, Image image, String version, byte[] signature) throws IOException {
        Checked checked = SignatureCheck.check(
                file, signature, book.keys().stream().collect(Collectors.toMap(TrustedKey::name, TrustedKey::key)));
        if (checked instanceof Checked.Unsigned unsigned) {
            return new Refused(Why.WRONG_SIGNATURE, unsigned.reason());
        }
        Checked.Signed signed = (Checked.Signed) checked;
        Map<String, String> said = Map.of("model", claim.model(), "version", version);
        for (String word : signed.comment().split("\\s+", -1)) {
            int colon = word.indexOf(':');
            String name = colon < 0 ? "" : word.substring(0, colon);
            String meant = word.substring(colon + 1);
            if (said.containsKey(name) && !meant.equals(said.get(name))) {
                return new Refused(
                        Why.WRONG_SIGNATURE,
                        "The signature was made for " + name + " " + Quoted.of(meant)
                                + ", says its trusted comment, and this is "
                                + "to be " + name + " " + Quoted.of(String.valueOf(said.get(name)))
                                + ". Sign it again for this one.");
            }
        }
        return new Accepted(image, version, signed.by(), remarks(image, version));
    }

    private Optional<Refused> otherChip(Image image, String model) {
        Set<String> before = chips.apply(model);
        String chip = chip(image.kind().word(), image.chip());
        if (before.isEmpty() || before.contains(chip)) {
            return Optional.empty();
        }
        return Optional.of(new Refused(
                Why.OTHER_CHIP,
                "The releases of " + Quoted.of(model) + " are for " + String.join(", ", new TreeSet<>(before))
                        + ", and this image is for " + chip
                        + ": its devices could not start it. Upload it for its own model,"
                        + " or remove those releases if they were the mistake."));
    }

    /** The version that the image tells, if it is that of this program. */
    private static Optional<String> own(Image image) {
        return image.isPrebuilt() || image.version().isEmpty() ? Optional.empty() : Optional.of(image.version());
    }

    private static List<String> remarks(Image image, String version) {
        List<String> remarks = new ArrayList<>(image.remarks());
        // MCUboot's numbers are not what a device tells.
        if (image.kind() == Kind.ESP32
                && own(image).filter(own -> !VersionOrder.couldBe(own, version)).isPresent()) {
            remarks.add("The image says that it is " + Quoted.of(image.version())
                    + ". Devices that tell what is in the image" + " will not seem to be updated to "
                    + Quoted.of(version) + ".");
        }
        return List.copyOf(remarks);
    }
}
