package org.caravanhub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.caravanhub.store.SqliteCopies;
import org.caravanhub.store.SqliteDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks rot and fill up, and a backup is older than the program that reads it. */
class RottenBackupTest {
    private static final int BITS = 200;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "encrypted: {0}")
    @ValueSource(booleans = {false, true})
    void oneBitThatFlipsAnywhereIsFound(boolean isSealed) throws Exception {
        BackedUp hub = new BackedUp(folder);
        Sealing.NewKey key = Sealing.newKey();
        Optional<String> recovery = isSealed ? Optional.of(key.recovery()) : Optional.empty();
        Path file = hub.backups(recovery.map(any -> key.recipient()), BackedUp.NOON)
                .make("manual", BackupListener.NONE)
                .path();
        if (isSealed) {
            // What is encrypted finds it without the digest that lies beside it.
            Files.delete(Checksum.beside(file));
        }
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(33);
        for (int i = 0; i < BITS; i++) {
            int at = random.nextInt(bytes.length);
            byte bit = (byte) (1 << random.nextInt(8));
            bytes[at] ^= bit;
            Files.write(file, bytes);
            bytes[at] ^= bit;

            assertThat(catchThrowable(() -> hub.verification().check(file, recovery, hub.room(), BackupListener.NONE)))
                    .as("bit %d of byte %d of %d", bit, at, bytes.length)
                    .isInstanceOf(IOException.class);
        }
        Files.write(file, bytes);
        hub.verification().check(file, recovery, hub.room(), BackupListener.NONE);
    }

    @Test
    void aDiskThatFillsUpWhileItIsWrittenLeavesTheOldOnes() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount");
        BackedUp hub = new BackedUp(folder);
        Path small = Files.createDirectories(folder.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=72m", "tmpfs", small.toString());
        try {
            Shelf shelf = new Shelf(small.resolve("backups"));
            Backups backups = new Backups(
                    new Backups.Settings(
                            shelf,
                            new Sources(hub.data, hub.routes, List.of(hub.config)),
                            Optional.empty(),
                            "hut",
                            "0.1.0"),
                    new SqliteCopies(hub.data),
                    Clock.fixed(BackedUp.NOON, ZoneOffset.UTC));
            BackupFile before = backups.make("before", BackupListener.NONE);
            byte[] bytes = Files.readAllBytes(before.path());
            for (int fullAt = 1; fullAt <= 5; fullAt++) {
                int[] left = {fullAt};
                assertThatThrownBy(() -> backups.make("next", (stage, done, all) -> {
                            if (--left[0] == 0) {
                                fill(small);
                            }
                        }))
                        .as("full at its step %d", fullAt)
                        .isInstanceOf(IOException.class)
                        .hasMessageMatching("the disk of .* has 0 MB left, and a backup needs \\d+ MB");
                Files.delete(small.resolve("films"));
                assertThat(shelf.all()).containsExactly(before);
            }
            assertThat(before.path()).hasBinaryContent(bytes);
            try (Stream<Path> files = Files.list(shelf.folder())) {
                assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
            }
            backups.make("after", BackupListener.NONE);
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    /** To its last byte. */
    private static void fill(Path disk) {
        byte[] piece = new byte[1 << 16];
        for (int length = piece.length; length > 0; length /= 4) {
            try (var out = Files.newOutputStream(
                    disk.resolve("films"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(piece, 0, length);
                }
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("No space left")) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @ParameterizedTest(name = "schema {0}")
    @ValueSource(strings = {"4", "10", "14"})
    void oneOfAnOlderCaravanComesBackAndIsBroughtUpToDate(String schema) throws Exception {
        Path data = Files.createDirectories(folder.resolve("older/data"));
        String url = "jdbc:sqlite:" + data.resolve("caravan.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .target(schema)
                .load()
                .migrate();
        BackedUp hub = new BackedUp(folder);
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var ours = DriverManager.getConnection("jdbc:sqlite:" + hub.data.resolve("caravan.db"))) {
            statement.execute("pragma application_id = "
                    + ours.createStatement()
                            .executeQuery("pragma application_id")
                            .getInt(1));
            statement.execute("create table note (text text)");
            statement.execute("insert into note values ('of an older one')");
        }
        BackupFile old = new Backups(
                        new Backups.Settings(
                                hub.shelf(),
                                new Sources(data, data.resolve("routes"), List.of()),
                                Optional.empty(),
                                "hut",
                                "0.0.9"),
                        new SqliteCopies(data),
                        Clock.fixed(BackedUp.NOON, ZoneOffset.UTC))
                .make("manual", BackupListener.NONE);

        Restore restore = new Restore(new Sources(hub.data, hub.routes, List.of(hub.config)), hub.copies());
        Manifest manifest = restore.prepare(old.path(), Optional.empty(), BackupListener.NONE);
        restore.begin(manifest);
        restore.finish();

        assertThat(manifest.database().schema()).isEqualTo(Integer.parseInt(schema));
        SqliteDatabase.open(hub.data.resolve("caravan.db")).close();
        assertThat(hub.copies().check(hub.data).schema()).isEqualTo(hub.copies().newestSchema());
        assertThat(hub.copies().rowsNow()).containsEntry("note", 1L).containsEntry("reading", 0L);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
