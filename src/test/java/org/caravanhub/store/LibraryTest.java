package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.caravanhub.TestPostgres;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.image.EspImages;
import org.caravanhub.ota.library.Arrival;
import org.caravanhub.ota.library.Catalogue;
import org.caravanhub.ota.library.Library;
import org.caravanhub.ota.library.Room;
import org.caravanhub.ota.library.Shelf;
import org.caravanhub.ota.library.Texts;
import org.caravanhub.ota.library.UploadRefused;
import org.caravanhub.ota.trust.Judge;
import org.caravanhub.ota.trust.TrustBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut, a wrong database and a full disk do to the library. */
final class LibraryTest {
    private static final Catalogue.By ADMIN = new Catalogue.By("admin", "upload-firmware");
    private static final byte[] IMAGE = EspImages.app(EspImages.ESP32_C3, "van", "1.0");
    private static final Room.State ROOMY = new Room.State(100L << 30, 50L << 30);

    @TempDir
    Path folder;

    private Room.State disk = ROOMY;

    @Test
    void whatAPowerCutHasLeftGoesAtTheNextStartAndNothingElse() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Library library = library(store);
            publish(library, "van", "1.0", IMAGE);
            Path images = folder.resolve("firmware");
            Files.write(images.resolve("half.part"), new byte[10]);
            Files.write(images.resolve("f".repeat(64) + ".bin"), new byte[10]);
            Files.write(images.resolve("notes-of-the-owner.txt"), new byte[10]);

            library(store).begin();

            assertThat(names())
                    .containsExactlyInAnyOrder(
                            HexFormat.of().formatHex(EspImages.sha256(IMAGE)) + ".bin", "notes-of-the-owner.txt");
        }
    }

    @Test
    void aDatabaseThatKnowsNoReleaseIsPerhapsTheWrongOne() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            publish(library(store), "van", "1.0", IMAGE);
        }
        Files.delete(folder.resolve("caravan.db"));
        try (TestStore store = new TestStore(folder)) {
            library(store).begin();
            assertThat(names()).hasSize(1);
        }
    }

    @Test
    void whatIsArrivingWhileTheHubLooksStays() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Library library = library(store);
            try (Arrival arrival = library.begin(OptionalLong.empty())) {
                arrival.write(ByteBuffer.wrap(IMAGE));
                library.begin();
                assertThat(library.publish(arrival, claim("van", "1.0"), ADMIN).isNew())
                        .isTrue();
            }
            assertThat(names()).hasSize(1);
        }
    }

    @Test
    void aFileThatIsMissingOrChangedIsToldUntilItsBytesComeAgain() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Library library = library(store);
            Release release = publish(library, "van", "1.0", IMAGE).release();
            Path file = library.catalogue().file(release);
            FileTime before = Files.getLastModifiedTime(file);
            byte[] changed = IMAGE.clone();
            changed[2000] ^= 1;
            Files.write(file, changed);
            library.isChanged(release);
            assertThat(library.missing()).containsExactly(release);

            assertThat(publish(library, "van", "1.0", IMAGE).isNew()).isFalse();

            assertThat(library.missing()).isEmpty();
            assertThat(file).hasBinaryContent(IMAGE);
            assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(before);
            Files.delete(file);
            Library next = library(store);
            next.begin();
            assertThat(next.missing()).containsExactly(release);
        }
    }

    @Test
    void theLastRoomOfTheDiskIsForReadings() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Library library = library(store);
            disk = new Room.State(100L << 30, (4L << 30) - 1);
            assertThatThrownBy(() -> library.begin(OptionalLong.of(10)))
                    .isInstanceOfSatisfying(UploadRefused.class, refused -> assertThat(refused.why())
                            .isEqualTo(UploadRefused.Why.NO_ROOM));
            disk = new Room.State(1L << 30, 60L << 20);
            assertThatThrownBy(() -> library.begin(OptionalLong.of(10))).isInstanceOf(UploadRefused.class);
            disk = ROOMY;
            try (Arrival arrival = library.begin(OptionalLong.empty())) {
                disk = new Room.State(100L << 30, 1 << 20);
                assertThatThrownBy(() -> arrival.write(ByteBuffer.wrap(IMAGE)))
                        .isInstanceOf(UploadRefused.class)
                        .hasMessageContaining("for readings");
            }
            assertThat(names()).isEmpty();
        }
    }

    /** Ten at once get no more than ten one after the other. */
    @Test
    void whatIsArrivingCountsBeforeItIsThere() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            Library library = library(store);
            try (Arrival first = library.begin(OptionalLong.empty());
                    Arrival second = library.begin(OptionalLong.empty())) {
                first.write(ByteBuffer.allocate(60_000));
                assertThatThrownBy(() -> second.write(ByteBuffer.allocate(60_000)))
                        .isInstanceOf(UploadRefused.class)
                        .hasMessageContaining("library is full");
            }
            try (Arrival slow = library.begin(OptionalLong.empty())) {
                publish(library, "van", "1.0", EspImages.app(EspImages.ESP32_C3, "van", "1.0", 60_000));
                assertThatThrownBy(() -> slow.write(ByteBuffer.allocate(60_000)))
                        .as("it began when there was room for it")
                        .isInstanceOf(UploadRefused.class);
                slow.write(ByteBuffer.allocate(30_000));
            }
        }
    }

    @Test
    void postgresKeepsThemToo() throws Exception {
        try (TestPostgres postgres = TestPostgres.fresh();
                PostgresDatabase database =
                        PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty()));
                GroupCommit writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
                Queries queries = new Queries(database, Duration.ofSeconds(5))) {
            Library library = library(queries, new Changes(writer, database));
            Release release = publish(library, "van", "1.0", IMAGE).release();
            publish(library, "hut", "1.0", IMAGE);
            Catalogue catalogue = library.catalogue();

            assertThat(catalogue.ofKey(release.key())).contains(release);
            assertThat(catalogue.find("van", "1.0")).contains(release);
            assertThat(catalogue.find("VAN", "1.0")).isEmpty();
            assertThat(catalogue.ofModel("van")).containsExactly(release);
            assertThat(catalogue.used()).isEqualTo(new Catalogue.Used(2, IMAGE.length));
            assertThat(catalogue.edit("van", "1.0", Optional.empty(), texts -> new Texts("n", "", "0.9"), ADMIN))
                    .hasValueSatisfying(
                            edited -> assertThat(edited.minVersion()).isEqualTo("0.9"));
            assertThat(library.remove("van", "1.0", ADMIN)).isPresent();
            assertThat(names()).hasSize(1);
            assertThat(library.remove("hut", "1.0", ADMIN)).isPresent();
            assertThat(names()).isEmpty();
        }
    }

    private Library library(TestStore store) {
        Queries queries = new Queries(store.database, Duration.ofSeconds(5));
        return library(queries, new Changes(store.writer, store.database));
    }

    private Library library(Queries queries, Changes changes) {
        TrustBook trust = new TrustTables(queries, changes);
        ReleaseTables releases = new ReleaseTables(queries, changes, folder.resolve("firmware"), Clock.systemUTC());
        return new Library(
                new Shelf(folder.resolve("firmware")),
                new Room(80_000, 100_000, () -> disk),
                new Judge(trust, model -> Set.of()),
                releases);
    }

    private static Library.Claim claim(String model, String version) {
        return new Library.Claim(model, Optional.of(version), new Texts("", "", ""), Optional.empty());
    }

    private static Library.Publication publish(Library library, String model, String version, byte[] image)
            throws IOException {
        try (Arrival arrival = library.begin(OptionalLong.empty())) {
            arrival.write(ByteBuffer.wrap(image));
            return library.publish(arrival, claim(model, version), ADMIN);
        }
    }

    private List<String> names() {
        if (Files.notExists(folder.resolve("firmware"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("firmware"))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
