package org.caravanhub.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An ext4 of its own in a file, mounted as a block device: to be filled, measured, or cut from its power. Taken away when closed. */
final class LoopMount implements AutoCloseable {
    private static final long SECTOR = 512;

    private final Path image;
    private final Path folder;

    /** Makes and mounts one; without root, or where there are no loop devices, the test is skipped. */
    LoopMount(Path directory, String name, int megabytes) {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount");
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "there are no loop devices");
        image = directory.resolve(name + ".img");
        folder = directory.resolve(name);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("truncate", "-s", megabytes + "M", image.toString());
        // All of it at once, so that nothing is written later that nobody asked for. Nothing is held back for root:
        // full is full.
        run("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0", image.toString());
        mount();
    }

    Path folder() {
        return folder;
    }

    void mount() {
        run("mount", "-o", "loop,errors=remount-ro", image.toString(), folder.toString());
    }

    void unmount() {
        run("umount", folder.toString());
    }

    /**
     * As if the plug was pulled; whoever writes there gets errors until it is mounted again.
     *
     * @return when, in microseconds since 1970
     */
    long cutPower() {
        return Long.parseLong(run("python3", "src/test/python/cut.py", folder.toString()));
    }

    /** As if the file system had found an error in itself: from now on it can only be read, until it is mounted again. */
    void findError() {
        try {
            Files.writeString(Path.of("/sys/fs/ext4", device(), "trigger_fs_error"), "found by a test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the device has written since it was made, once everything has reached it. */
    long bytesWritten() {
        run("sync", "-f", folder.toString());
        try {
            String stat = Files.readString(Path.of("/sys/block", device(), "stat"));
            return Long.parseLong(stat.strip().split("\\s+")[6]) * SECTOR;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String device() {
        return Path.of(run("findmnt", "-n", "-o", "SOURCE", folder.toString()))
                .getFileName()
                .toString();
    }

    @Override
    public void close() {
        try {
            new ProcessBuilder("umount", "-l", folder.toString()).start().waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
