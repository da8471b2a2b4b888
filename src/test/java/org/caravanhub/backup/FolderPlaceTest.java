package org.caravanhub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups go to a stick: one that is there, one that is not, one that is full, one that is pulled out. */
class FolderPlaceTest {
    @TempDir
    Path folder;

    private BackedUp hub;
    private BackupFile made;

    @BeforeEach
    void fill() throws Exception {
        hub = new BackedUp(folder);
        made = backUp(0);
    }

    private BackupFile backUp(int day) throws Exception {
        return hub.backups(Optional.empty(), BackedUp.NOON.plus(Duration.ofDays(day)))
                .make("daily", BackupListener.NONE);
    }

    @Test
    void whereNoStickIsMountedTheCardIsNotFilled() throws Exception {
        Path usb = Files.createDirectories(folder.resolve("media/usb"));
        FolderPlace place = new FolderPlace(usb.resolve("caravan"), List.of(hub.data));

        assertThatThrownBy(() -> place.copy(made, BackupListener.NONE))
                .isInstanceOf(PlaceAway.class)
                .hasMessageContaining("no disk is mounted at " + usb);
        assertThat(usb).isEmptyDirectory();

        Files.createFile(Files.createDirectories(place.folder()).resolve(FolderPlace.MARKER));
        assertThat(place.copy(made, BackupListener.NONE)).startsWith(usb.toString());
        assertThat(place.all()).extracting(BackupFile::name).containsExactly(made.name());
    }

    @Test
    void whatHasRottenHereDoesNotReplaceAnythingThere() throws Exception {
        FolderPlace place = FolderPlace.named(folder.resolve("elsewhere"));
        byte[] bytes = Files.readAllBytes(made.path());
        bytes[bytes.length / 2] ^= 1;
        Files.write(made.path(), bytes);

        assertThatThrownBy(() -> place.copy(made, BackupListener.NONE)).isInstanceOf(BrokenBackup.class);

        assertThat(place.folder()).isEmptyDirectory();
    }

    @Test
    void aStickTakesItAndSaysWhenItIsFull() throws Exception {
        try (Stick fat = new Stick(folder, 34)) {
            FolderPlace place = new FolderPlace(fat.mount.resolve("caravan"), List.of(hub.data, Path.of("/")));
            place.copy(made, BackupListener.NONE);
            assertThat(hub.verification()
                            .check(place.all().get(0).path(), Optional.empty(), hub.room(), BackupListener.NONE)
                            .label())
                    .isEqualTo("daily");

            Files.write(fat.mount.resolve("films"), new byte[(int) (fat.free() - (1 << 19))]);
            BackupFile next = backUp(1);
            assertThatThrownBy(() -> place.copy(next, BackupListener.NONE))
                    .isNotInstanceOf(PlaceAway.class)
                    .hasMessageContaining("has 0 MB left, and the backup needs 1 MB");

            assertThat(names(place.folder())).containsExactly(made.name(), made.name() + ".sha256");

            // With two of the hub's own there, the older one makes room.
            Files.delete(fat.mount.resolve("films"));
            place.copy(next, BackupListener.NONE);
            Files.write(fat.mount.resolve("films"), new byte[(int) (fat.free() - (1 << 20) - next.bytes() / 2)]);
            BackupFile third = backUp(2);
            place.copy(third, BackupListener.NONE);
            assertThat(place.all()).extracting(BackupFile::name).containsExactly(third.name(), next.name());
            assertThat(fat.mount.resolve("films")).exists();

            // Where that one would not be enough, it does not go for nothing.
            Files.write(fat.mount.resolve("more-films"), new byte[(int) (fat.free() - (1 << 19))]);
            BackupFile fourth = backUp(3);
            assertThatThrownBy(() -> place.copy(fourth, BackupListener.NONE))
                    .hasMessageContaining("MB left, and the backup needs");
            assertThat(place.all()).extracting(BackupFile::name).containsExactly(third.name(), next.name());
        }
    }

    @Test
    void aStickThatIsPulledOutIsAwayAndTheNextCopyClearsUp() throws Exception {
        try (Stick fat = new Stick(folder, 34)) {
            FolderPlace place = new FolderPlace(fat.mount.resolve("caravan"), List.of(hub.data, Path.of("/")));
            place.copy(made, BackupListener.NONE);
            BackupFile next = backUp(1);

            assertThatThrownBy(() -> place.copy(next, (stage, done, all) -> fat.pullOut()))
                    .isInstanceOf(PlaceAway.class);
            assertThat(fat.mount).isEmptyDirectory();

            fat.plugIn();
            assertThat(names(place.folder())).contains(made.name(), next.name() + ".part");
            place.copy(next, BackupListener.NONE);
            assertThat(names(place.folder()))
                    .containsExactly(made.name(), made.name() + ".sha256", next.name(), next.name() + ".sha256");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void sticksAreFoundWhereTheyAreMounted() throws Exception {
        Path blocks = Files.createDirectories(folder.resolve("blocks"));
        Path stick = Files.createDirectories(folder.resolve("devices/pci/sda/sda1"));
        Files.writeString(stick.resolveSibling("removable"), "1\n");
        Path card = Files.createDirectories(folder.resolve("devices/mmc/mmcblk0/mmcblk0p2"));
        Files.writeString(card.resolveSibling("removable"), "0\n");
        Path ssd = Files.createDirectories(folder.resolve("devices/usb2/sdb/sdb1"));
        Files.createSymbolicLink(blocks.resolve("8:1"), stick);
        Files.createSymbolicLink(blocks.resolve("179:2"), card);
        Files.createSymbolicLink(blocks.resolve("8:17"), ssd);

        assertThat(org.caravanhub.backup.Stick.in("""
                        24 1 179:2 / / rw - ext4 /dev/mmcblk0p2 rw
                        25 24 179:2 /x /media/not-a-stick rw - ext4 /dev/mmcblk0p2 rw
                        30 24 8:1 / /media/pi/MY\\040STICK rw,nosuid shared:9 - vfat /dev/sda1 rw
                        31 24 8:17 / /mnt rw - ext4 /dev/sdb1 rw
                        32 24 8:1 / /home/x rw - vfat /dev/sda1 rw
                        nonsense
                        """, blocks))
                .containsExactly(
                        new org.caravanhub.backup.Stick(Path.of("/media/pi/MY STICK"), "/dev/sda1", "vfat"),
                        new org.caravanhub.backup.Stick(Path.of("/mnt"), "/dev/sdb1", "ext4"));
    }

    /** A FAT file system in a file, where the kernel has it. */
    private static final class Stick implements AutoCloseable {
        final Path mount;
        private final Path image;
        private final boolean isFat;

        Stick(Path folder, int megabytes) throws Exception {
            assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount");
            assumeTrue(Files.exists(Path.of("/dev/loop-control")), "there are no loop devices");
            assumeTrue(Files.isExecutable(Path.of("/usr/sbin/mkfs.vfat")), "apt-get install dosfstools");
            isFat = Files.readString(Path.of("/proc/filesystems")).contains("vfat");
            image = folder.resolve("stick.img");
            mount = Files.createDirectories(folder.resolve("stick"));
            run("truncate", "-s", megabytes + "M", image.toString());
            if (isFat) {
                run("mkfs.vfat", "-F", "32", image.toString());
            } else {
                // This kernel has no FAT; another disk it is all the same.
                run("mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", image.toString());
            }
            plugIn();
        }

        void plugIn() throws Exception {
            run("mount", "-o", isFat ? "loop,umask=077" : "loop", image.toString(), mount.toString());
        }

        /** What was open stays open; the folder is empty. */
        void pullOut() {
            try {
                if (Files.exists(mount.resolve("caravan"))) {
                    run("umount", "-l", mount.toString());
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        long free() throws IOException {
            return Files.getFileStore(mount).getUsableSpace();
        }

        private static void run(String... command) throws Exception {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        }

        @Override
        public void close() throws Exception {
            pullOut();
        }
    }
}
