package org.caravanhub.ota.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.ota.image.EspImages;
import org.caravanhub.ota.signature.KeyText;
import org.caravanhub.ota.signature.TestSigner;
import org.caravanhub.ota.trust.Judgement.Accepted;
import org.caravanhub.ota.trust.Judgement.Refused;
import org.caravanhub.ota.trust.Judgement.Why;
import org.caravanhub.store.Changes;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Queries;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.TrustTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an upload for the model {@code edge}. */
final class JudgeTest {
    private static final byte[] APP = EspImages.app(EspImages.ESP32_S3, "paku-edge", "1.4.0");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final AuditEntry AUDIT = new AuditEntry(NOON, "admin", "test", "test", "{}");

    @TempDir
    Path folder;

    private final TestSigner signer = new TestSigner();
    private final Set<String> chips = new HashSet<>();
    private Database database;
    private GroupCommit writer;
    private Queries queries;
    private TrustBook book;
    private Judge judge;

    @BeforeEach
    void begin() throws Exception {
        database = SqliteDatabase.open(folder.resolve("caravan.db"));
        writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        queries = new Queries(database, Duration.ofSeconds(5));
        book = new TrustTables(queries, new Changes(writer, database));
        judge = new Judge(book, model -> model.equals("edge") ? chips : Set.of());
    }

    @AfterEach
    void end() throws Exception {
        writer.close();
        queries.close();
        database.close();
    }

    @Test
    void anImageWithoutASignatureIsAcceptedUnlessTheModelAsksForOne() throws Exception {
        assertThat(accepted(APP, "1.4.0", Optional.empty()).signedBy()).isEmpty();

        book.save(new FirmwarePolicy("edge", true, NOON, "admin"), AUDIT);

        Refused refused = refused(APP, "1.4.0", Optional.empty());
        assertThat(refused.why()).isEqualTo(Why.NOT_SIGNED);
        assertThat(refused.reason()).contains("\"edge\"").contains("Sign the file");
        book.save(new FirmwarePolicy("edge", false, NOON.plusSeconds(1), "admin"), AUDIT);
        assertThat(accepted(APP, "1.4.0", Optional.empty()).image().chip()).isEqualTo("ESP32-S3");
    }

    @Test
    void aSignatureThatComesAlongIsCheckedThoughNobodyAskedForOne() throws Exception {
        Optional<byte[]> signature = Optional.of(signer.ecdsa(APP));
        assertThat(refused(APP, "1.4.0", signature).reason()).contains("No key is trusted yet");

        trust("laptop", signer.p256Key());
        assertThat(accepted(APP, "1.4.0", signature).signedBy()).isEqualTo("laptop");
        byte[] other = EspImages.app(EspImages.ESP32_S3, "paku-edge", "1.4.1");
        assertThat(refused(other, "1.4.1", signature).why()).isEqualTo(Why.WRONG_SIGNATURE);

        assertThat(book.remove("laptop", AUDIT)).isTrue();
        assertThat(refused(APP, "1.4.0", signature).why()).isEqualTo(Why.WRONG_SIGNATURE);
        assertThat(book.remove("laptop", AUDIT)).as("again").isFalse();
        trust("laptop", signer.minisignKey());
        assertThat(book.keys()).singleElement().satisfies(key -> assertThat(
                        key.key().algorithm())
                .as("the name is free again")
                .isEqualTo("minisign"));
    }

    /** An old release, rightly signed, must not come back as a new one. */
    @Test
    void aSignatureIsForTheReleaseThatItsCommentNames() throws Exception {
        trust("ci", signer.minisignKey());
        book.save(new FirmwarePolicy("edge", true, NOON, "admin"), AUDIT);
        Optional<byte[]> signature = Optional.of(signer.minisig(APP, "timestamp:1\tmodel:edge version:1.4.0"));

        assertThat(accepted(APP, "1.4.0", signature).signedBy()).isEqualTo("ci");
        assertThat(accepted(APP, "", signature).version()).as("the image's own").isEqualTo("1.4.0");
        assertThat(refused(APP, "1.5.0", signature).reason()).contains("made for version \"1.4.0\"", "\"1.5.0\"");
        assertThat(judge.judge(file(APP), new Claim("valve", Optional.of("1.4.0")), signature))
                .asString()
                .contains("made for model \"edge\"");
        assertThat(accepted(APP, "1.5.0", Optional.of(signer.minisig(APP, "file:fw.bin")))
                        .signedBy())
                .as("a comment that names nothing promises nothing")
                .isEqualTo("ci");
    }

    @Test
    void aModelKeepsItsChip() throws Exception {
        assertThat(accepted(APP, "1.4.0", Optional.empty()).image().chip()).isEqualTo("ESP32-S3");
        chips.add("ESP32-S3");
        byte[] other = EspImages.app(EspImages.ESP32_C3, "paku-edge", "1.4.0");
        assertThat(refused(other, "1.4.0", Optional.empty()).reason())
                .contains("are for ESP32-S3")
                .contains("this image is for ESP32-C3");
        assertThat(refused(EspImages.esp8266(), "1.4.0", Optional.empty()).why())
                .isEqualTo(Why.OTHER_CHIP);
        assertThat(refused(EspImages.mcuboot(), "1.4.0", Optional.empty()).reason())
                .contains("for mcuboot");
        assertThat(accepted(APP, "1.4.1", Optional.empty())).isNotNull();
    }

    @Test
    void aVersionHasToComeFromSomewhere() throws Exception {
        assertThat(refused(EspImages.esp8266(), "", Optional.empty()).why()).isEqualTo(Why.NO_VERSION);
        assertThat(accepted(EspImages.esp8266(), "7.1", Optional.empty()).version())
                .isEqualTo("7.1");
        byte[] arduino = EspImages.app(EspImages.ESP32, "arduino-lib-builder", "esp-idf: v4.4.6");
        assertThat(refused(arduino, "", Optional.empty()).reason()).contains("Arduino");
        assertThat(accepted(arduino, "1.4.0", Optional.empty()).version()).isEqualTo("1.4.0");
    }

    @Test
    void anotherVersionThanTheImagesIsTakenAndRemarkedOn() throws Exception {
        assertThat(accepted(APP, "1.4.0", Optional.empty()).remarks()).isEmpty();
        assertThat(accepted(APP, "1.5.0", Optional.empty()).remarks())
                .singleElement()
                .asString()
                .contains("\"1.4.0\"")
                .contains("\"1.5.0\"");
        String longOne = "qa-test-v5.0-20220830-4-g4532e6f-dirty";
        byte[] cut = EspImages.app(EspImages.ESP32_S3, "p", longOne);
        assertThat(accepted(cut, longOne, Optional.empty()).remarks())
                .as("it was cut")
                .isEmpty();
    }

    @Test
    void whatIsNoImageIsRefusedInItsOwnWords() throws Exception {
        Refused refused = refused(EspImages.factory(0x1000, APP), "1.4.0", Optional.empty());
        assertThat(refused.why()).isEqualTo(Why.NO_IMAGE);
        assertThat(refused.reason()).contains("factory image").contains("firmware.ota.bin");
    }

    @Test
    void theLastWordOnAModelCounts() throws Exception {
        trust("ci", signer.minisignKey());
        assertThat(book.add(new TrustedKey("ci", KeyText.read(signer.p256Key()), NOON, "admin"), AUDIT))
                .as("there is one of this name")
                .isFalse();
        book.save(new FirmwarePolicy("edge", true, NOON, "admin"), AUDIT);
        book.save(new FirmwarePolicy("edge", false, NOON.plusSeconds(1), "maria"), AUDIT);
        assertThat(book.policies()).containsExactly(new FirmwarePolicy("edge", false, NOON.plusSeconds(1), "maria"));
        assertThat(book.policy("valve")).isEmpty();
    }

    private void trust(String name, String text) throws KeyText.NoKey {
        assertThat(book.add(new TrustedKey(name, KeyText.read(text), NOON, "admin"), AUDIT))
                .isTrue();
    }

    private Accepted accepted(byte[] bytes, String version, Optional<byte[]> signature) throws IOException {
        return (Accepted) judge(bytes, version, signature);
    }

    private Refused refused(byte[] bytes, String version, Optional<byte[]> signature) throws IOException {
        return (Refused) judge(bytes, version, signature);
    }

    private Judgement judge(byte[] bytes, String version, Optional<byte[]> signature) throws IOException {
        return judge.judge(file(bytes), new Claim("edge", Optional.of(version)), signature);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("upload"), bytes);
    }
}
