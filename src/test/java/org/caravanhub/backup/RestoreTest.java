package org.caravanhub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub becomes what it was, or stays what it is; nothing between. */
class RestoreTest {
    @TempDir
    Path folder;

    private BackedUp hub;

    @BeforeEach
    void fill() throws Exception {
        hub = new BackedUp(folder);
        hub.addRows(3);
    }

    private Restore restore() {
        return new Restore(new Sources(hub.data, hub.routes, List.of(hub.config)), hub.copies());
    }

    private BackupFile backUp() throws IOException {
        return hub.backups().make("manual", BackupListener.NONE);
    }

    private void changeEverything() throws Exception {
        hub.addRows(40);
        BackedUp.write(hub.data.resolve("firmware/cd34"), "a newer image");
        BackedUp.write(hub.routes.resolve("reading/van.camel.yaml"), "- route:\n    id: edited\n");
        BackedUp.write(hub.config, "caravan.http.port = 9999\n");
        Files.delete(hub.data.resolve("tls/ca.key"));
    }

    @Test
    void whatWasSavedTakesThePlaceOfWhatIsThere() throws Exception {
        BackupFile backup = backUp();
        SortedMap<String, String> before = everything();
        changeEverything();
        // The log of the database that is there must not become the log of the other one.
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + hub.data.resolve("caravan.db"))) {
            writer.createStatement().execute("insert into note values ('in the log')");
            assertThat(hub.data.resolve("caravan.db-wal")).isNotEmptyFile();
            Files.copy(hub.data.resolve("caravan.db-wal"), folder.resolve("wal"));
        }
        Files.copy(folder.resolve("wal"), hub.data.resolve("caravan.db-wal"));

        Restore restore = restore();
        Manifest prepared = restore.prepare(backup.path(), Optional.empty(), BackupListener.NONE);
        Difference difference = restore.difference(prepared);
        restore.begin(prepared);
        Restore.Result result = restore.finish();

        assertThat(difference.rows()).containsExactly(new Difference.Rows("note", 44, 3));
        assertThat(difference.files())
                .containsExactlyInAnyOrder(
                        new Difference.File("config/caravan.properties", Difference.Kind.REPLACED),
                        new Difference.File("data/tls/ca.key", Difference.Kind.ADDED),
                        new Difference.File("data/firmware/cd34", Difference.Kind.REMOVED),
                        new Difference.File("routes/reading/van.camel.yaml", Difference.Kind.REPLACED));
        assertThat(result.left()).isEmpty();
        assertThat(everything()).isEqualTo(before);
        assertThat(hub.copies().rowsNow()).containsEntry("note", 3L);
        assertThat(hub.data.resolve("restore")).doesNotExist();
    }

    @Test
    void aRefusedRestoreChangesNotAByte() throws Exception {
        BackupFile backup = backUp();
        changeEverything();
        SortedMap<String, String> before = everything();
        byte[] bytes = Files.readAllBytes(backup.path());
        bytes[bytes.length / 2] ^= 4;
        Files.write(backup.path(), bytes);

        assertThatThrownBy(() -> restore().prepare(backup.path(), Optional.empty(), BackupListener.NONE))
                .isInstanceOf(BrokenBackup.class);

        assertThat(everything()).isEqualTo(before);
        assertThat(restore().isBegun()).isFalse();
    }

    @Test
    void aBackupOfANewerProgramIsRefused() throws Exception {
        BackupFile backup = backUp();
        DatabaseCopies older = new OlderProgram(hub.copies());
        byte[] database = Files.readAllBytes(hub.data.resolve("caravan.db"));
        SortedMap<String, String> before = everything();

        assertThatThrownBy(() -> new Restore(new Sources(hub.data, hub.routes, List.of()), older)
                        .prepare(backup.path(), Optional.empty(), BackupListener.NONE))
                .hasMessageContaining("its database is of a newer Caravan")
                .hasMessageContaining("Update this one first");
        assertThat(hub.data.resolve("caravan.db")).hasBinaryContent(database);
        assertThat(everything()).isEqualTo(before);
        assertThat(hub.data.resolve("restore")).doesNotExist();
    }

    /** Knows one migration less. */
    private record OlderProgram(DatabaseCopies now) implements DatabaseCopies {
        @Override
        public String kind() {
            return now.kind();
        }

        @Override
        public String fileName() {
            return now.fileName();
        }

        @Override
        public Facts copyTo(Path folder) throws IOException {
            return now.copyTo(folder);
        }

        @Override
        public Facts check(Path folder) throws IOException {
            return now.check(folder);
        }

        @Override
        public SortedMap<String, Long> rowsNow() throws IOException {
            return now.rowsNow();
        }

        @Override
        public void replace(Path folder) throws IOException {
            now.replace(folder);
        }

        @Override
        public int newestSchema() {
            return now.newestSchema() - 1;
        }
    }

    @Test
    void aPowerCutInTheMiddleIsFinishedByWhateverStartsNext() throws Exception {
        BackupFile backup = backUp();
        SortedMap<String, String> saved = everything();
        byte[] whole = Files.readAllBytes(backup.path());
        for (int cut = 0; cut < 8; cut++) {
            changeEverything();
            Files.write(backup.path(), whole);
            Restore restore = restore();
            restore.begin(restore.prepare(backup.path(), Optional.empty(), BackupListener.NONE));
            // So many files were in their place when the power went.
            int placed = cut;
            Path unpacked = hub.data.resolve("restore");
            for (Path file : files(unpacked).stream()
                    .filter(each -> !each.endsWith("ready.json"))
                    .limit(placed)
                    .toList()) {
                Path inside = unpacked.relativize(file);
                Path root = inside.startsWith("data")
                        ? hub.data
                        : inside.startsWith("routes")
                                ? hub.routes
                                : inside.startsWith("database") ? hub.data : hub.config.resolveSibling(".");
                Path target = root.resolve(inside.subpath(1, inside.getNameCount()));
                Files.createDirectories(target.resolveSibling("."));
                Files.move(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            assertThat(Restore.isBegunIn(hub.data)).isTrue();

            restore().finish();

            assertThat(everything()).as("cut after %d files", cut).isEqualTo(saved);
            assertThat(hub.copies().rowsNow()).containsEntry("note", 3L);
        }
    }

    @Test
    void whereNobodyMayWriteTheFileIsLeftBesideAndSaid() throws Exception {
        BackupFile backup = backUp();
        BackedUp.write(hub.config, "caravan.http.port = 9999\n");
        Path elsewhere = folder.resolve("no-folder/caravan.properties");
        BackedUp.write(folder.resolve("no-folder"), "a file where a folder should be");
        Restore restore = new Restore(new Sources(hub.data, hub.routes, List.of(elsewhere)), hub.copies());

        restore.begin(restore.prepare(backup.path(), Optional.empty(), BackupListener.NONE));
        Map<Path, Path> left = restore.finish().left();

        assertThat(left).containsOnlyKeys(elsewhere);
        assertThat(left.get(elsewhere)).hasContent("caravan.http.port = 8080");
    }

    /** What is in every file that a backup holds, but for the database. */
    private SortedMap<String, String> everything() throws IOException {
        SortedMap<String, String> all = new TreeMap<>();
        for (Map.Entry<String, Path> each :
                new Sources(hub.data, hub.routes, List.of(hub.config)).files().entrySet()) {
            all.put(each.getKey(), Files.readString(each.getValue()));
        }
        return all;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
