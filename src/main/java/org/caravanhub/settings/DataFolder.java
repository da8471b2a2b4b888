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

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
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
                String holder = Files.readString(file).strip();
                channel.close();
                throw new DataInUse(folder, holder);
            }
            channel.truncate(0);
            String pid = ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            return new DataFolder(channel);
        } catch (IOException e) {
            throw UnusableFolder.unwritable(folder, e);
        }
    }

    /** The pid of the hub that has the folder, as text that can be empty; nothing if no hub has it, or nobody may know. */
    public static Optional<String> holder(Path folder) {
        Path file = folder.resolve(LOCK);
        // A shared lock is refused while the hub has its own, and needs no right to write.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            boolean free = isFree(channel);
            return free ? Optional.empty() : Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
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
