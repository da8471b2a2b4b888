package org.caravanhub.ota.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.caravanhub.text.Plain;

/** Says whether a detached signature of a file was made with one of the trusted keys. The file is read as a stream. Safe for many threads. */
public final class SignatureCheck {
    /** No signature of either kind is longer. */
    public static final int LONGEST = 4096;

    /** The JDK holds in memory what it checks Ed25519 of. */
    private static final long LARGEST_LEGACY = 4L << 20;

    private static final ReentrantLock ONE_LEGACY = new ReentrantLock();
    private static final int DER_SEQUENCE = 0x30;

    private SignatureCheck() {}

    /**
     * Checks it.
     *
     * @param signature as the file beside the image has it: {@code .minisig}, or DER, as it is or in base64
     * @param keys trusted ones by their names
     * @throws IOException if the file could not be read
     */
    public static Checked check(Path file, byte[] signature, Map<String, VerifyingKey> keys) throws IOException {
        if (signature.length > LONGEST) {
            return new Checked.Unsigned("The signature has " + signature.length + " bytes, and none has more than "
                    + LONGEST + ". Send the signature, not the signed file.");
        }
        if (Minisig.isLike(signature)) {
            Optional<Minisig> minisig = Minisig.of(signature);
            return minisig.isPresent()
                    ? check(file, minisig.get(), keys)
                    : new Checked.Unsigned(
                            "The signature begins like one of minisign and is not whole: it has to have the"
                                    + " four lines that `minisign -S` wrote.");
        }
        Optional<byte[]> der = der(signature);
        return der.isPresent()
                ? ecdsa(file, der.get(), keys)
                : new Checked.Unsigned(
                        "The signature is of no kind that is known here. Sign with `minisign -S -m FILE`, or"
                                + " with `openssl dgst -sha256 -sign key.pem -out FILE.sig FILE`.");
    }

    private static Checked ecdsa(Path file, byte[] der, Map<String, VerifyingKey> keys) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            read(file, sha256::update);
            byte[] digest = sha256.digest();
            for (Map.Entry<String, VerifyingKey> trusted : keys.entrySet()) {
                if (trusted.getValue() instanceof VerifyingKey.Ecdsa key
                        && isRight("NONEwithECDSA", key.key(), digest, der)) {
                    return new Checked.Signed(trusted.getKey(), "");
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        return new Checked.Unsigned(
                "The ECDSA signature was made of another file, or with a key that is not trusted here. "
                        + trusted(keys));
    }

    private static Checked check(Path file, Minisig minisig, Map<String, VerifyingKey> keys) throws IOException {
        for (Map.Entry<String, VerifyingKey> trusted : keys.entrySet()) {
            if (trusted.getValue() instanceof VerifyingKey.Minisign key && key.id() == minisig.keyId()) {
                return check(file, minisig, trusted.getKey(), key.key());
            }
        }
        return new Checked.Unsigned("The signature was made with the minisign key "
                + VerifyingKey.Minisign.name(minisig.keyId()) + ", which is not trusted here. " + trusted(keys));
    }

    private static Checked check(Path file, Minisig minisig, String by, PublicKey key) throws IOException {
        // First the comment, which needs no file.
        if (!isRight("Ed25519", key, minisig.signed(), minisig.global())) {
            return new Checked.Unsigned("The trusted comment of the signature was changed after `" + Plain.line(by)
                    + "` signed it, or the signature was.");
        }
        if (minisig.isPrehashed()) {
            Blake2b hash = new Blake2b();
            read(file, hash::update);
            return isRight("Ed25519", key, hash.digest(), minisig.signature())
                    ? new Checked.Signed(by, minisig.readable())
                    : ofAnotherFile(by);
        }
        if (Files.size(file) > LARGEST_LEGACY) {
            return new Checked.Unsigned(
                    "The signature is of minisign's old form (`-l`), which is checked of files up to "
                            + (LARGEST_LEGACY >> 20) + " MB only. Sign without `-l`, or with minisign 0.10 or newer.");
        }
        ONE_LEGACY.lock();
        try {
            return isRight("Ed25519", key, Files.readAllBytes(file), minisig.signature())
                    ? new Checked.Signed(by, minisig.readable())
                    : ofAnotherFile(by);
        } finally {
            ONE_LEGACY.unlock();
        }
    }

    private static Checked ofAnotherFile(String by) {
        return new Checked.Unsigned(
                "`" + Plain.line(by) + "` signed another file than this one. Sign the file that you upload.");
    }

    private static boolean isRight(String algorithm, PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key);
            check.update(bytes);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            // That is how the JDK says that a signature is not written as one.
            return false;
        }
    }

    /** A DER sequence, as it is or in base64. */
    private static Optional<byte[]> der(byte[] signature) {
        if (signature.length > 0 && signature[0] == DER_SEQUENCE) {
            return Optional.of(signature);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(new String(signature, StandardCharsets.ISO_8859_1).strip());
            return der.length > 0 && der[0] == DER_SEQUENCE ? Optional.of(der) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String trusted(Map<String, VerifyingKey> keys) {
        return keys.isEmpty()
                ? "No key is trusted yet: caravan firmware key add FILE --name NAME"
                : "Trusted are: "
                        + keys.entrySet().stream()
                                .map(key -> key.getKey() + " (" + key.getValue().algorithm() + " "
                                        + key.getValue().fingerprint() + ")")
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private interface Sink {
        void take(byte[] bytes, int from, int length);
    }

    private static void read(Path file, Sink sink) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sink.take(buffer, 0, read);
            }
        }
    }
}
