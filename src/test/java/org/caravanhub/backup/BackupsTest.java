package org.caravanhub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.caravanhub.backup.BackupListener.Stage;
import org.caravanhub.backup.Manifest.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that makes a hub itself goes into one file, and what is not whole is never taken for a backup. */
class BackupsTest {
    @TempDir
    Path folder;

    private BackedUp hub;

    @BeforeEach
    void fill() throws Exception {
        hub = new BackedUp(folder);
        hub.addRows(3);
    }

    @Test
    void whatIsMadeAgainAndWhatIsHalfStaysOut() throws Exception {
        BackupFile made = hub.backups().make("manual", BackupListener.NONE);

        assertThat(made.name()).isEqualTo("caravan-20260601T120000Z-manual.tar.gz");
        Manifest manifest = Verification.manifest(made.path(), Optional.empty());
        assertThat(manifest.files())
                .extracting(Entry::path)
                .containsExactly(
                        "config/caravan.properties",
                        "data/admin.token",
                        "data/firmware/ab12",
                        "data/tls/ca.key",
                        "database/caravan.db",
                        "routes/reading/van.camel.yaml");
        assertThat(manifest.database().rows()).containsEntry("note", 3L);
        assertThat(Files.getPosixFilePermissions(made.path())).hasSize(2);
    }

    @Test
    void anyDebianOpensItWithoutCaravan() throws Exception {
        BackupFile made = hub.backups().make("manual", BackupListener.NONE);
        Path out = Files.createDirectories(folder.resolve("by-hand"));

        Process tar = new ProcessBuilder(
                        "tar", "-C", out.toString(), "-xzf", made.path().toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(tar.getInputStream().readAllBytes())).isEmpty();
        assertThat(tar.waitFor()).isZero();
        assertThat(out.resolve("data/admin.token")).hasContent("caravan_secret\n");
        assertThat(Files.getPosixFilePermissions(out.resolve("data/tls/ca.key")))
                .hasSize(2);
    }

    @Test
    void whatIsWrittenWhileItIsSavedIsSavedAsItIsThen() throws Exception {
        List<Stage> stages = new ArrayList<>();
        BackupFile made = hub.backups().make("manual", (stage, done, all) -> {
            if (stage == Stage.WRITE && !stages.contains(stage)) {
                try {
                    BackedUp.write(hub.data.resolve("firmware/ab12"), "another image".repeat(9000));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            stages.add(stage);
        });

        assertThat(hub.verification()
                        .check(made.path(), Optional.empty(), hub.room(), BackupListener.NONE)
                        .files())
                .filteredOn(entry -> entry.path().endsWith("ab12"))
                .extracting(Entry::bytes)
                .containsExactly(9000L * 13);
        assertThat(stages).startsWith(Stage.COPY_DATABASE).endsWith(Stage.CHECK);
    }

    @Test
    void whatIsWrittenToAllTheTimeDoesNotKeepTheRestFromBeingSaved() throws Exception {
        Path journal = hub.data.resolve("broker/journal");
        BackedUp.write(journal, "begin");
        BackupFile made = hub.backups().make("manual", (stage, done, all) -> {
            if (stage == Stage.WRITE) {
                try {
                    Files.writeString(journal, "more", StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });

        assertThat(hub.verification()
                        .check(made.path(), Optional.empty(), hub.room(), BackupListener.NONE)
                        .files())
                .extracting(Entry::path)
                .contains("data/broker/journal", "database/caravan.db");
    }

    @Test
    void eachWrongByteAndEachMissingEndIsFound() throws Exception {
        Path damaged = hub.backups().make("manual", BackupListener.NONE).path();
        byte[] whole = Files.readAllBytes(damaged);
        Random random = new Random(7);
        for (int i = 0; i < 120; i++) {
            byte[] bytes = whole.clone();
            int place = i < 20 ? bytes.length - 1 - i : i < 40 ? i - 20 : random.nextInt(bytes.length);
            if (i == 80) {
                // It travelled alone: a bit that means nothing may be another, but nothing may be missing.
                Files.delete(Checksum.beside(damaged));
            }
            int at = place;
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(damaged, i % 3 == 0 || i >= 80 ? Arrays.copyOf(whole, at) : bytes);

            assertThat(catchThrowable(
                            () -> hub.verification().check(damaged, Optional.empty(), hub.room(), BackupListener.NONE)))
                    .as("round %d: damaged at %d of %d", i, at, whole.length)
                    .isInstanceOf(IOException.class);
        }
        assertThat(hub.room()).doesNotExist();
    }

    @Test
    void aFileOfAnotherKindIsNone() throws Exception {
        for (byte[] wrong : List.of(new byte[0], "PK\3\4".getBytes(), new byte[100_000], gzip(new byte[2000]))) {
            Path file = Files.write(folder.resolve("caravan-20260601T120000Z-wrong.tar.gz"), wrong);
            assertThatThrownBy(() -> Verification.manifest(file, Optional.empty()))
                    .isInstanceOf(BrokenBackup.class)
                    .hasMessageContaining("it is no backup of Caravan");
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void anEncryptedOneOpensWithItsPaperOnlyAndWithAgeToo() throws Exception {
        Sealing.NewKey key = Sealing.newKey();
        BackupFile made =
                hub.backups(Optional.of(key.recipient()), BackedUp.NOON).make("manual", BackupListener.NONE);

        assertThat(made.isSealed()).isTrue();
        assertThat(key.toString()).doesNotContain(key.recovery());
        assertThat(Verification.manifest(made.path(), Optional.of(key.recovery()))
                        .database()
                        .rows())
                .containsEntry("note", 3L);
        assertThatThrownBy(() -> Verification.manifest(
                        made.path(), Optional.of(Sealing.newKey().recovery())))
                .hasMessage("it does not open with this recovery key");
        assertThatThrownBy(() -> Verification.manifest(made.path(), Optional.empty()))
                .hasMessage("it is encrypted and needs its recovery key");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/age")));
        Path identity = Files.writeString(folder.resolve("key.txt"), key.recovery() + "\n");
        Process age = new ProcessBuilder(
                        "age", "-d", "-i", identity.toString(), made.path().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(gzipMagic(age.getInputStream().readAllBytes())).isTrue();
        assertThat(age.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(age.exitValue()).isZero();
    }

    private static boolean gzipMagic(byte[] bytes) {
        return bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
    }

    @Test
    void whateverStopsItNothingIsLeftThatLooksLikeABackup() throws Exception {
        BackupFile before = hub.backups().make("daily", BackupListener.NONE);
        byte[] bytes = Files.readAllBytes(before.path());
        for (int stop = 1; stop < 12; stop++) {
            int[] left = {stop};
            BackupListener crash = (stage, done, all) -> {
                if (--left[0] == 0) {
                    throw new IllegalStateException("killed");
                }
            };
            assertThatThrownBy(() -> hub.backups(Optional.empty(), BackedUp.NOON.plus(Duration.ofHours(1)))
                            .make("daily", crash))
                    .hasMessage("killed");
            assertThat(hub.shelf().newest()).contains(before);
        }
        assertThat(before.path()).hasBinaryContent(bytes);
        try (Stream<Path> files = Files.list(hub.shelf().folder())) {
            assertThat(files.filter(file -> !file.endsWith(".making")))
                    .containsExactlyInAnyOrder(before.path(), Checksum.beside(before.path()));
        }
    }
}
