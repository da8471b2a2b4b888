package org.caravanhub.ota.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Somebody with a key of each kind, who signs as {@code minisign -S} and {@code openssl dgst -sha256 -sign} do. */
public final class TestSigner {
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};

    private final KeyPair ed25519;
    private final KeyPair p256;

    public TestSigner() {
        try {
            ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            KeyPairGenerator maker = KeyPairGenerator.getInstance("EC");
            maker.initialize(new ECGenParameterSpec("secp256r1"));
            p256 = maker.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file {@code minisign.pub}. */
    public String minisignKey() {
        byte[] encoded = ed25519.getPublic().getEncoded();
        byte[] key = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return "untrusted comment: minisign public key 0807060504030201\n"
                + base64(joined("Ed".getBytes(StandardCharsets.US_ASCII), ID, key)) + "\n";
    }

    /** PEM. */
    public String p256Key() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(p256.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** The secret one, for those who paste the wrong file. */
    public String p256Secret() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(p256.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** The file {@code .minisig}. */
    public byte[] minisig(byte[] file, String trustedComment) {
        Blake2b hash = new Blake2b();
        hash.update(file, 0, file.length);
        byte[] signature = sign("Ed25519", ed25519, hash.digest());
        byte[] comment = trustedComment.getBytes(StandardCharsets.UTF_8);
        String text = "untrusted comment: signature\n"
                + base64(joined("ED".getBytes(StandardCharsets.US_ASCII), ID, signature)) + "\ntrusted comment: "
                + trustedComment + "\n" + base64(sign("Ed25519", ed25519, joined(signature, comment))) + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** DER. */
    public byte[] ecdsa(byte[] file) {
        return sign("SHA256withECDSA", p256, file);
    }

    private static byte[] sign(String algorithm, KeyPair key, byte[] bytes) {
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key.getPrivate());
            signer.update(bytes);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
