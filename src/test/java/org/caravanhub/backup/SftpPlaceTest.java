package org.caravanhub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanhub.backup.SecondCopies.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups go to another machine, over OpenSSH as it is on each Debian. */
class SftpPlaceTest {
    @TempDir
    Path folder;

    private BackedUp hub;
    private TestSshd server;
    private Path far;

    @BeforeEach
    void start() throws Exception {
        hub = new BackedUp(folder);
        server = new TestSshd(folder.resolve("sshd"));
        far = folder.resolve("far");
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private OpenSsh ssh() {
        return new OpenSsh(SftpAddress.of(server.address(far)).orElseThrow(), hub.data.resolve("ssh"));
    }

    private SftpPlace place() {
        return new SftpPlace(ssh(), hub.data.resolve("cache/backup-copy"));
    }

    /** As its owner does: the key there, the fingerprint here. */
    private void introduce() throws Exception {
        server.authorize("restrict,command=\"internal-sftp\" " + ssh().publicKey("caravan-backup"));
        ssh().pin(ssh().scan().get(0));
    }

    private BackupFile backUp(int day) throws Exception {
        return hub.backups(Optional.empty(), BackedUp.NOON.plus(Duration.ofDays(day)))
                .make("daily", BackupListener.NONE);
    }

    @Test
    void itArrivesWholeAndComesBack() throws Exception {
        introduce();
        BackupFile made = backUp(0);

        String copy = place().copy(made, BackupListener.NONE);

        assertThat(copy).isEqualTo(server.address(far) + "/" + made.name());
        assertThat(far.resolve(made.name())).hasSameBinaryContentAs(made.path());
        assertThat(far.resolve(made.name() + ".sha256")).hasSameBinaryContentAs(Checksum.beside(made.path()));
        BackupFile there = place().all().get(0);
        Path fetched = place().fetch(there, folder.resolve("fetched"));
        assertThat(hub.verification()
                        .check(fetched, Optional.empty(), hub.room(), BackupListener.NONE)
                        .label())
                .isEqualTo("daily");
        assertThat(hub.data.resolve("cache/backup-copy")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(ssh().key())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aMachineThatNobodyHasComparedIsNotTalkedTo() throws Exception {
        BackupFile made = backUp(0);
        assertThatThrownBy(() -> place().copy(made, BackupListener.NONE))
                .hasMessageContaining("caravan backup key --sftp");
        server.authorize(ssh().publicKey("caravan-backup"));
        assertThatThrownBy(() -> place().copy(made, BackupListener.NONE))
                .hasMessageContaining("is not pinned: caravan backup trust");
        introduce();
        place().copy(made, BackupListener.NONE);

        server.becomeAnother();

        assertThatThrownBy(() -> place().copy(made, BackupListener.NONE))
                .isNotInstanceOf(PlaceAway.class)
                .hasMessageContaining("shows another key than the one that was pinned");
        ssh().pin(ssh().scan().get(0));
        assertThat(place().all()).extracting(BackupFile::name).containsExactly(made.name());
        server.authorize("");
        assertThatThrownBy(() -> place().all()).hasMessageContaining("does not let the hub in as " + TestSshd.user());
    }

    @Test
    void whatThatMachineSaysIsInItIsNotBelieved() throws Exception {
        introduce();
        Files.createDirectories(far);
        for (String name : List.of(
                "caravan-20260601T120000Z-..tar.gz",
                "caravan-20260601T120000Z-a.tar.gz x",
                "holiday.jpg",
                "caravan-20269999T120000Z-a.tar.gz")) {
            Files.writeString(far.resolve(name), "x");
        }
        Files.createSymbolicLink(far.resolve("caravan-20260602T120000Z-link.tar.gz"), Path.of("/etc/passwd"));
        Files.createDirectory(far.resolve("caravan-20260603T120000Z-folder.tar.gz"));
        Path half = Files.writeString(far.resolve("caravan-20260101T120000Z-daily.tar.gz.part"), "half");

        assertThat(place().all()).isEmpty();
        BackupFile made = backUp(0);
        place().copy(made, BackupListener.NONE);

        assertThat(place().all()).extracting(BackupFile::name).containsExactly(made.name());
        assertThat(half).doesNotExist();
        assertThat(far.resolve("holiday.jpg")).exists();
    }

    @Test
    void whatCannotBeWrittenThereLeavesNothingHalf() throws Exception {
        introduce();
        BackupFile made = backUp(0);
        place().copy(made, BackupListener.NONE);
        BackupFile next = backUp(1);
        // What cannot be written, for whatever reason.
        Files.createDirectory(far.resolve(next.name() + ".part"));

        assertThatThrownBy(() -> place().copy(next, BackupListener.NONE)).isNotInstanceOf(PlaceAway.class);

        assertThat(place().all()).extracting(BackupFile::name).containsExactly(made.name());
    }

    @Test
    void oldOnesGoThereTooAndTheNewestNever() throws Exception {
        introduce();
        Retention retention = new Retention(2, 1, 1, 1);
        for (int day = 0; day < 4; day++) {
            place().copy(backUp(day), BackupListener.NONE);
        }
        Instant now = BackedUp.NOON.plus(Duration.ofDays(3));

        assertThat(place().prune(retention, now, ZoneOffset.UTC)).hasSize(3);

        try (Stream<Path> files = Files.list(far)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "caravan-20260604T120000Z-daily.tar.gz", "caravan-20260604T120000Z-daily.tar.gz.sha256");
        }
    }

    @Test
    void oneThatIsAwayWaitsAndIsToldOnlyAfterAWeek() throws Exception {
        introduce();
        Path report = hub.data.resolve("health/second-place.json");
        BackupFile made = backUp(0);
        assertThat(copies(report, 0).bring(made, BackupListener.NONE).kind()).isEqualTo(Kind.COPIED);
        server.close();

        assertThat(copies(report, 1).bring(made, BackupListener.NONE))
                .satisfies(result -> assertThat(result.kind()).isEqualTo(Kind.WAITS))
                .satisfies(result -> assertThat(result.words()).contains("127.0.0.1 is out of reach"));
        assertThat(copies(report, 8).bring(made, BackupListener.NONE))
                .satisfies(result -> assertThat(result.kind()).isEqualTo(Kind.FAILED))
                .satisfies(result -> assertThat(result.words()).contains("nothing was copied there for 8 days"));

        assertThat(copies(report, 8).last().orElseThrow().since()).isEqualTo(BackedUp.NOON);
    }

    private SecondCopies copies(Path report, int day) {
        return new SecondCopies(
                place(),
                new Retention(7, 4, 6, 1L << 40),
                report,
                Duration.ofDays(7),
                Clock.fixed(BackedUp.NOON.plus(Duration.ofDays(day)), ZoneOffset.UTC));
    }

    @Test
    void anAddressHasNoPasswordAndNothingThatAShellWouldRead() {
        for (String wrong : List.of(
                "sftp://van:secret@nas/x",
                "sftp://nas/x",
                "sftp://van@nas/a b",
                "sftp://van@nas/a;b",
                "sftp://van@nas/$(id)",
                "sftp://van@nas/\"x",
                "sftp://-oProxyCommand=x@nas/x",
                "sftp://van@-oProxyCommand/x",
                "sftp://van@nas/a*",
                "http://van@nas/x")) {
            assertThat(SftpAddress.of(wrong)).as(wrong).isEmpty();
        }
        assertThat(SftpAddress.of("sftp://van@[fe80::1]:2222/~/backups"))
                .contains(new SftpAddress("van", "[fe80::1]", 2222, "backups"));
        assertThat(SftpAddress.of("sftp://van@nas").orElseThrow()).hasToString("sftp://van@nas/");
    }
}
