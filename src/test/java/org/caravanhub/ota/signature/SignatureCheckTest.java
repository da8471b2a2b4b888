package org.caravanhub.ota.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real minisign and openssl made of one file, and what becomes of it when anything of it is changed. */
final class SignatureCheckTest {
    private static final String FILE = "paku firmware test payload\n";
    private static final String KEY = "RWSYFRn/CiYW034UJ1waFnKkjWz+aFeC2lN3Xx8LSNGNtY6wWuW1F6Du";
    private static final String COMMENT = "file:fw.bin version:1.2.3";
    private static final String PREHASHED = minisig(
            "RUSYFRn/CiYW0+tgqW6WP2r5k3OVg9rOFzPIllT9nh9nu1qieJOAE4ziCMkEFJ3+tHpztguL1e2FFMY8BLtO3Ow+13HO/vEr5QE=",
            "jbUUablBdSUbXnna1uz4Wr2hL79NEUXKNR3S6dh9j2M3IM8PLKqhfJvezJKgsq0RH0JuNlaPJxzd5DlvHKr7Bg==");
    private static final String LEGACY = minisig(
            "RWSYFRn/CiYW06qjt67sgSKVulqJURrlK+bbFPHlMzs06QPTgaBzkSnvLq3qNr9Myp/No/9qNaxHzN7Quy86HPDzqWjd0XjVXwo=",
            "RlHkKMmfNlihkMZsAV5FJHhfy7xqAo01jZwqxRkizBSOFtt5h1KWVjtOJJ4gZpBiS47QsjDSms4Oxw46OFIMAA==");

    private static final String EC_KEY = "-----BEGIN PUBLIC KEY-----\n"
            + "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEeWJI4zHBF6Cowzc5mPoXFmXGHSZH\n"
            + "UeYTKNBUiJUBgH3G2tqGySt1IJC9XcOCCpLOKor33UkDSNpCw1nuT25BtA==\n"
            + "-----END PUBLIC KEY-----\n";
    private static final String EC_SIGNATURE =
            "MEQCIGst4q/p9kepMEeGTJt93Rky7BNTWJnHIm0kRRXXX+jeAiBOkEv8npsOKTgeeb64xUV9M0Scm8ZH04VIZCnkqds8dg==";

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("fw.bin"), FILE);
    }

    @Test
    void bothFormsOfMinisignAreBelieved() throws Exception {
        assertThat(check(PREHASHED)).isEqualTo(new Checked.Signed("ci", COMMENT));
        assertThat(check(LEGACY)).isEqualTo(new Checked.Signed("ci", COMMENT));
        assertThat(check(PREHASHED.replace("\n", "\r\n"))).as("from Windows").isInstanceOf(Checked.Signed.class);
    }

    @Test
    void anotherByteInTheFileIsAnotherFile() throws Exception {
        Files.writeString(file, FILE.replace("paku", "Paku"));
        assertThat(refused(PREHASHED)).contains("signed another file");
        assertThat(refused(LEGACY)).contains("signed another file");
        assertThat(refused(EC_SIGNATURE)).contains("another file");
    }

    @Test
    void anotherTrustedCommentIsNotTrusted() throws Exception {
        assertThat(refused(PREHASHED.replace("version:1.2.3", "version:1.2.4"))).contains("trusted comment");
        assertThat(refused(LEGACY.replace("version:1.2.3", "version:1.2.4"))).contains("trusted comment");
        assertThat(check(PREHASHED.replaceFirst("by the tool", "by anybody")))
                .as("the other comment is nobody's word")
                .isInstanceOf(Checked.Signed.class);
    }

    @Test
    void aSignatureOfOneFormIsNoneOfTheOther() throws Exception {
        assertThat(refused(PREHASHED.replace("\nRUSY", "\nRWSY"))).contains("signed another file");
        assertThat(refused(LEGACY.replace("\nRWSY", "\nRUSY"))).contains("signed another file");
    }

    @Test
    void theSignatureOfOneAndTheCommentOfAnotherDoNotGoTogether() throws Exception {
        String[] prehashed = PREHASHED.split("\n", -1);
        String[] legacy = LEGACY.split("\n", -1);
        prehashed[3] = legacy[3];
        assertThat(refused(String.join("\n", prehashed))).contains("trusted comment");
    }

    @Test
    void anotherKeyIsNamed() throws Exception {
        String other = PREHASHED.replace("\nRUSYFRn/CiYW0", "\nRUSYFRn/CiYX0");
        assertThat(refused(other))
                .contains("D317260AFF191598")
                .contains("not trusted here")
                .contains("ci (minisign D316260AFF191598)");
        assertThat(SignatureCheck.check(file, PREHASHED.getBytes(StandardCharsets.UTF_8), Map.of()))
                .asString()
                .contains("caravan firmware key add");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "untrusted comment: x",
                "untrusted comment: x\nRUSY\ntrusted comment: y\nRUSY\n",
                "untrusted comment: x\n!!!!\ntrusted comment: y\n====\n",
                "untrusted comment:\n\n\n\n"
            })
    void halfAMinisigIsNone(String text) throws Exception {
        assertThat(refused(text)).contains("four lines");
    }

    @Test
    void aLegacySignatureOfALargeFileWouldHaveToBeHeldInMemory() throws Exception {
        try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength((4L << 20) + 1);
        }
        assertThat(refused(LEGACY)).contains("4 MB");
        assertThat(refused(PREHASHED)).contains("signed another file");
    }

    @Test
    void whatOpensslSignedIsBelieved() throws Exception {
        assertThat(check(EC_SIGNATURE)).isEqualTo(new Checked.Signed("laptop", ""));
        byte[] der = Base64.getDecoder().decode(EC_SIGNATURE);
        assertThat(SignatureCheck.check(file, der, keys())).isEqualTo(new Checked.Signed("laptop", ""));
    }

    @Test
    void anEcdsaSignatureByAnotherIsNot() throws Exception {
        KeyPairGenerator maker = KeyPairGenerator.getInstance("EC");
        maker.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair stranger = maker.generateKeyPair();
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(stranger.getPrivate());
        signer.update(FILE.getBytes(StandardCharsets.UTF_8));
        byte[] der = signer.sign();
        assertThat(SignatureCheck.check(file, der, keys())).asString().contains("not trusted here");
        assertThat(SignatureCheck.check(file, der, Map.of("new", new VerifyingKey.Ecdsa(stranger.getPublic(), "", ""))))
                .isInstanceOf(Checked.Signed.class);
    }

    /** r = s = 0 was once right for every file. */
    @ParameterizedTest
    @ValueSource(strings = {"MAYCAQACAQA=", "MAA=", "MEQCIGst", "MEQCIGst4q/p9kepMEeGTJt93Rky7BNTWJnHIm0kRRXXX+jeAgEA"})
    void noSignatureOutOfNothing(String base64) throws Exception {
        assertThat(refused(base64)).contains("another file");
    }

    @Test
    void anythingElseIsNoSignature() throws Exception {
        assertThat(refused("hello")).contains("of no kind");
        assertThat(refused("")).contains("of no kind");
        assertThat(refused("x".repeat(5000))).contains("5000 bytes");
    }

    private Checked check(String signature) throws Exception {
        return SignatureCheck.check(file, signature.getBytes(StandardCharsets.UTF_8), keys());
    }

    private String refused(String signature) throws Exception {
        return ((Checked.Unsigned) check(signature)).reason();
    }

    private static Map<String, VerifyingKey> keys() throws KeyText.NoKey, GeneralSecurityException {
        return Map.of("ci", KeyText.read(KEY), "laptop", KeyText.read(EC_KEY));
    }

    private static String minisig(String line, String global) {
        return "untrusted comment: made by the tool\n" + line + "\ntrusted comment: " + COMMENT + "\n" + global + "\n";
    }
}
