package org.caravanhub.ota.signature;

import java.security.PublicKey;
import java.util.HexFormat;

/** A public key that can be asked whether it fits a signature. */
public sealed interface VerifyingKey {
    /** As the API says it. */
    String algorithm();

    /** As it is kept and shown: PEM, or the line of minisign. */
    String text();

    /** By which people tell keys apart: minisign's key id, or the first digits of the SHA-256 of the key. */
    String fingerprint();

    /** ECDSA on the curve P-256. */
    record Ecdsa(PublicKey key, String text, String fingerprint) implements VerifyingKey {
        @Override
        public String algorithm() {
            return "ecdsa-p256";
        }
    }

    /** Ed25519, as minisign names and uses it. */
    record Minisign(PublicKey key, String text, long id) implements VerifyingKey {
        @Override
        public String algorithm() {
            return "minisign";
        }

        @Override
        public String fingerprint() {
            return name(id);
        }

        static String name(long id) {
            return HexFormat.of().withUpperCase().toHexDigits(id);
        }
    }
}
