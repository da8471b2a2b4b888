package org.caravanhub.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The data folder while a hub has it: made if it was missing, readable by its owner only, and this hub's alone. */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "caravan.lock";

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder until it is closed; a kill gives it back too.
     *
     * @throws DataInUse if another hub has it
     * @throws UnusableFolder if it cannot be made or written
     */
    public static DataFolder take(Path folder) {
        try {
            if (Files.notExists(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path file = folder.resolve(LOCK);
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (!isLocked(channel)) {
                String holder = pid(Files.readString(file));
                channel.close();
                throw new DataInUse(folder, holder);
            }
            channel.truncate(0);
            DataFolder taken = new DataFolder(folder, channel);
            taken.write(ProcessHandle.current().pid() + "\n");
            return taken;
        } catch (IOException e) {
            throw UnusableFolder.unwritable(folder, e);
        }
    }

    /**
     * Notes where the hub that has the folder is asked, for the commands that are typed on this machine.
     *
     * @throws UnusableFolder if it cannot be written any more
     */
    public void announce(int httpPort) {
        try {
            write("port " + httpPort + "\n");
        } catch (IOException e) {
            throw UnusableFolder.unwritable(folder, e);
        }
    }

    /** The port that the hub which has the folder announced; nothing if no hub has it, or none could be read. */
    public static Optional<Integer> httpPort(Path folder) {
        return held(folder)
                .flatMap(text -> text.lines()
                        .filter(line -> line.matches("port \\d{1,5}"))
                        .findFirst())
                .map(line -> Integer.valueOf(line.substring("port ".length())));
    }

    /** The pid of the hub that has the folder, as text that can be empty; nothing if no hub has it, or nobody may know. */
    public static Optional<String> holder(Path folder) {
        return held(folder).map(DataFolder::pid);
    }

    /** What the hub that has the folder wrote into its lock. */
    private static Optional<String> held(Path folder) {
        Path file = folder.resolve(LOCK);
        // A shared lock is refused while the hub has its own, and needs no right to write.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return isFree(channel) ? Optional.empty() : Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String pid(String lock) {
        return lock.lines().findFirst().orElse("").strip();
    }

    private void write(String line) throws IOException {
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The lock lasts as long as the channel is open. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
