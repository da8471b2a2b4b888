package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.BackupWiring;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.BackupListener;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.SettingsReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a hub that is saving itself by its clock: there is a whole backup each time, and the next one clears up. */
@Tag("endurance")
class KilledBackupFlowTest {
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    @Test
    void theNewestBackupIsWholeAfterEachKill() throws Exception {
        Random random = new Random(32);
        Path data = Files.createDirectories(folder.resolve("data"));
        Path routes = routes();
        BackupWiring backup = new BackupWiring(
                SettingsReader.read(
                        folder,
                        Map.of("CARAVAN_ROUTES", routes.toString()),
                        Map.of(Setting.DATA, data.toString()),
                        null),
                "test",
                Clock.systemUTC());
        Optional<BackupFile> first = Optional.empty();
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            for (int kill = 0; kill < KILLS; kill++) {
                try (HubProcess hub = HubProcess.start(data, broker, routes)) {
                    Optional<BackupFile> before = backup.shelf().newest();
                    Await.until(
                            "the hub saves itself",
                            Duration.ofSeconds(60),
                            () -> !newest(backup).equals(before) && Files.exists(data.resolve("backups/making.part")));
                    Fault.lasts(Duration.ofMillis(random.nextInt(200)));
                    hub.kill();
                }
                BackupFile newest = backup.shelf().newest().orElseThrow();
                first = first.or(() -> Optional.of(newest));
                assertThat(backup.verification()
                                .check(newest.path(), Optional.empty(), backup.room(), BackupListener.NONE)
                                .label())
                        .isEqualTo("daily");
            }
        }
        BackupFile after = backup.backups().make("after", BackupListener.NONE);
        assertThat(after).isNotEqualTo(first.orElseThrow());
        try (Stream<Path> files = Files.list(data.resolve("backups"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
        assertThat(backup.drill()
                        .run(after.path(), Optional.empty(), BackupListener.NONE)
                        .isWell())
                .isTrue();
    }

    private static Optional<BackupFile> newest(BackupWiring backup) {
        try {
            return backup.shelf().newest();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Those of the hub that matter, with a night each second. */
    private Path routes() throws IOException {
        Path routes = folder.resolve("routes");
        for (String shipped : List.of("api", "shared", "backup")) {
            Files.createDirectories(routes.resolve(shipped));
            try (Stream<Path> files = Files.list(Path.of("routes", shipped))) {
                for (Path file : files.toList()) {
                    Files.writeString(
                            routes.resolve(shipped).resolve(file.getFileName()),
                            Files.readString(file)
                                    .replace("\"0 30 2 ? * *\"", "\"* * * ? * *\"")
                                    .replace("unless-younger:20h", "unless-younger:1ms"));
                }
            }
        }
        return routes;
    }
}
