package org.caravanhub.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {
    @TempDir
    Path data;

    @TempDir
    Path elsewhere;

    @Test
    void onlyWhatTheHubItselfBeganAndLeftGoes() throws IOException {
        Path copy = old(data.resolve("backups/caravan-20260601T120000Z-migration.db.part"));
        Path report = old(data.resolve("damaged/caravan-20260601T120000000Z.db.txt.part"));
        Path archive = old(data.resolve("cache/1-2.3-4.classes.new"));
        Path reserve = old(data.resolve("reserve.part"));
        Path token = old(data.resolve("admin.token123.part"));

        Path film = old(data.resolve("film.part"));
        Path ownersBackup = old(data.resolve("backups/photos.part"));
        Path finished = old(data.resolve("backups/caravan-20260601T120000Z-migration.db"));
        Path inUse = old(data.resolve("cache/1-2.3-4.classes"));
        Path young = Files.createFile(data.resolve("backups/caravan-20260602T120000Z-migration.db.part"));

        assertThat(new Leftovers(data).clear()).isEqualTo(5);
        assertThat(new Path[] {copy, report, archive, reserve, token}).noneMatch(Files::exists);
        assertThat(new Path[] {film, ownersBackup, finished, inUse, young}).allMatch(Files::exists);
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path linked = old(elsewhere.resolve("caravan-1.db.part"));
        Path target = old(elsewhere.resolve("target"));
        Files.createSymbolicLink(data.resolve("backups"), elsewhere);
        Path link = Files.createSymbolicLink(data.resolve("reserve.part"), target);

        assertThat(new Leftovers(data).clear()).isZero();
        assertThat(new Path[] {linked, target, link}).allMatch(Files::exists);
    }

    @Test
    void whatTheDriverUnpackedForAHubThatWasKilledGoesHoweverYoung() throws IOException {
        Path library = Files.createFile(data.resolve("sqlite-3.54.1.0-1a2b-libsqlitejdbc.so"));
        Path lock = Files.createFile(data.resolve("sqlite-3.54.1.0-1a2b-libsqlitejdbc.so.lck"));
        Path database = Files.createFile(data.resolve("caravan.db"));

        new Leftovers(data).clearUnpacked();

        assertThat(new Path[] {library, lock}).noneMatch(Files::exists);
        assertThat(database).exists();
    }

    private static Path old(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.createFile(file);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
}
