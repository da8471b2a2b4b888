package org.caravanhub.ota.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.caravanhub.ota.image.EspImages;
import org.junit.jupiter.api.Test;

final class KeyTextTest {
    private static final String LINE = "RWSYFRn/CiYW034UJ1waFnKkjWz+aFeC2lN3Xx8LSNGNtY6wWuW1F6Du";

    @Test
    void aMinisignKeyIsItsLineOrItsFile() throws Exception {
        VerifyingKey key = KeyText.read(LINE);
        assertThat(key.algorithm()).isEqualTo("minisign");
        assertThat(key.text()).isEqualTo(LINE);
        assertThat(key.fingerprint()).as("as minisign prints it").isEqualTo("D316260AFF191598");
        assertThat(HexFormat.of().formatHex(((VerifyingKey.Minisign) key).key().getEncoded()))
                .endsWith("7e14275c1a1672a48d6cfe685782da53775f1f0b48d18db58eb05ae5b517a0ee");
        assertThat(KeyText.read("untrusted comment: minisign public key D316260AFF191598\r\n" + LINE + "\r\n"))
                .isEqualTo(key);
    }

    @Test
    void aP256KeyIsKeptAsOpensslWritesIt() throws Exception {
        String pem = pem("PUBLIC KEY", ec("secp256r1").getEncoded());
        VerifyingKey key = KeyText.read("some words before\n" + pem + "and after");
        assertThat(key.algorithm()).isEqualTo("ecdsa-p256");
        assertThat(key.text()).isEqualTo(pem);
        assertThat(key.fingerprint()).matches("[0-9A-F]{16}");
    }

    @Test
    void aPrivateKeyIsRefusedAndNotRepeated() throws Exception {
        KeyPairGenerator maker = KeyPairGenerator.getInstance("EC");
        maker.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] secret = maker.generateKeyPair().getPrivate().getEncoded();
        byte[] minisign = EspImages.noise(158, 1);
        minisign[0] = 'E';
        minisign[1] = 'd';
        for (String text : new String[] {
            pem("PRIVATE KEY", secret),
            pem("EC PRIVATE KEY", secret),
            pem("ENCRYPTED PRIVATE KEY", secret),
            "-----BEGIN EC PRIVATE KEY-----\ncut off",
            "untrusted comment: minisign encrypted secret key\n" + base64(minisign),
            base64(minisign)
        }) {
            assertThatThrownBy(() -> KeyText.read(text))
                    .isInstanceOf(KeyText.NoKey.class)
                    .hasMessageContaining("private key")
                    .hasMessageNotContaining(base64(secret).substring(40, 50))
                    .hasMessageNotContaining(base64(minisign).substring(40, 50));
        }
    }

    @Test
    void aKeyOfAnotherKindIsNamed() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        assertRefused(pem("PUBLIC KEY", rsa.generateKeyPair().getPublic().getEncoded()), "elliptic-curve");
        assertRefused(pem("PUBLIC KEY", ec("secp384r1").getEncoded()), "another curve");
        assertRefused(pem("PUBLIC KEY", EspImages.noise(91, 1)), "elliptic-curve");
        assertRefused(pem("CERTIFICATE", new byte[] {1, 2, 3}), "openssl x509");
        assertRefused(pem("RSA PUBLIC KEY", new byte[] {1, 2, 3}), "another kind");
        assertRefused("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL me@hut", "SSH");
        assertRefused(LINE + "\n" + LINE, "several");
        assertRefused(LINE.substring(4), "no public key");
        assertRefused("", "no public key");
        assertRefused("RW".repeat(3000), "too long");
        byte[] noPoint = new byte[42];
        java.util.Arrays.fill(noPoint, (byte) 0xff);
        noPoint[0] = 'E';
        noPoint[1] = 'd';
        assertRefused(base64(noPoint), "no Ed25519 key");
    }

    private static void assertRefused(String text, String reason) {
        assertThatThrownBy(() -> KeyText.read(text))
                .isInstanceOf(KeyText.NoKey.class)
                .hasMessageContaining(reason);
    }

    private static PublicKey ec(String curve) throws Exception {
        KeyPairGenerator maker = KeyPairGenerator.getInstance("EC");
        maker.initialize(new ECGenParameterSpec(curve));
        return maker.generateKeyPair().getPublic();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
