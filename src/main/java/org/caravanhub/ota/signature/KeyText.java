package org.caravanhub.ota.signature;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys as people have them: PEM of {@code openssl}, and the file or the line of {@code minisign}. */
public final class KeyText {
    /** No key that is taken here is longer. */
    public static final int LONGEST = 4096;

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private static final Pattern LINE = Pattern.compile("[A-Za-z0-9+/]{40,400}={0,2}");

    /** The order of P-256: no other curve has it. */
    private static final BigInteger P256 =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    /** What comes before the 32 bytes of an Ed25519 key, for the JDK. */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int MINISIGN_BYTES = 42;

    /** This text is not a key that signatures could be checked with. What is in it is not repeated: it may be a secret. */
    public static final class NoKey extends Exception {
        private static final long serialVersionUID = 1;

        NoKey(String text) {
            super(text, null, false, false);
        }
    }

    private KeyText() {}

    /**
     * Reads a key.
     *
     * @throws NoKey if it is none, a private one, or of another kind; with a sentence that says what to do
     */
    public static VerifyingKey read(String text) throws NoKey {
        if (text.length() > LONGEST) {
            throw new NoKey("This is too long for a public key of either kind. " + KINDS);
        }
        if (isSecret(text)) {
            throw new NoKey("This is a private key, which nobody but its owner should have; it was not kept."
                    + " Add the public one. If the private one was sent over the network for this, make a new pair.");
        }
        Matcher pem = PEM.matcher(text);
        if (pem.find()) {
            return pem.group(1).equals("PUBLIC KEY") ? ecdsa(pem.group(2)) : otherPem(pem.group(1));
        }
        if (text.contains("ssh-") || text.contains("ecdsa-sha2-")) {
            throw new NoKey("This is a key of SSH, which signs no files here. " + KINDS);
        }
        return minisign(text);
    }

    private static final String KINDS =
            "Add a P-256 key in PEM (`openssl ec -in key.pem -pubout`) or a minisign key (`minisign.pub`).";

    private static boolean isSecret(String text) {
        return text.contains("PRIVATE KEY")
                || text.contains("secret key")
                || lines(text).stream()
                        .anyMatch(line ->
                                decoded(line).filter(KeyText::isMinisignSecret).isPresent());
    }

    /** It begins with "Ed", how it is encrypted, and "B2". */
    private static boolean isMinisignSecret(byte[] key) {
        return key.length > MINISIGN_BYTES && key[0] == 'E' && key[1] == 'd' && (key.length == 158 || key[4] == 'B');
    }

    private static VerifyingKey ecdsa(String base64) throws NoKey {
        Optional<byte[]> der = decoded(base64.replaceAll("\\s", ""));
        try {
            PublicKey key = KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(der.orElseThrow(KeyText::notRead)));
            if (!(key instanceof ECPublicKey point)
                    || !point.getParams().getOrder().equals(P256)) {
                throw new NoKey("This is a key on another curve than P-256. " + KINDS);
            }
            byte[] canonical = key.getEncoded();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical);
            return new VerifyingKey.Ecdsa(
                    key, pem(canonical), HexFormat.of().withUpperCase().formatHex(digest, 0, 8));
        } catch (GeneralSecurityException e) {
            throw new NoKey("This PEM has no elliptic-curve key in it that can be read. " + KINDS);
        }
    }

    private static VerifyingKey otherPem(String label) throws NoKey {
        throw new NoKey(
                label.contains("CERTIFICATE")
                        ? "This is a certificate. Add the key in it: openssl x509 -in cert.pem -pubkey -noout"
                        : "This is PEM of another kind. " + KINDS);
    }

    private static VerifyingKey minisign(String text) throws NoKey {
        List<byte[]> keys = lines(text).stream()
                .flatMap(line -> decoded(line).stream())
                .filter(bytes -> bytes.length == MINISIGN_BYTES && bytes[0] == 'E' && bytes[1] == 'd')
                .toList();
        if (keys.size() != 1) {
            throw keys.isEmpty() ? notRead() : new NoKey("There are several keys in this; add one at a time.");
        }
        byte[] key = keys.get(0);
        try {
            byte[] encoded = Arrays.copyOf(ED25519, ED25519.length + 32);
            System.arraycopy(key, 10, encoded, ED25519.length, 32);
            PublicKey made = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            Signature.getInstance("Ed25519").initVerify(made);
            return new VerifyingKey.Minisign(made, Base64.getEncoder().encodeToString(key), Minisig.keyId(key, 2));
        } catch (GeneralSecurityException e) {
            throw new NoKey("This looks like a minisign key, and the 32 bytes in it are no Ed25519 key.");
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).toList();
    }

    private static Optional<byte[]> decoded(String base64) {
        if (!LINE.matcher(base64).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String pem(byte[] der) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static NoKey notRead() {
        return new NoKey("There is no public key in this that the hub can read. " + KINDS);
    }
}
