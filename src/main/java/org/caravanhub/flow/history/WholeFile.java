package org.caravanhub.flow.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;

/** Writes files that are there as a whole or not at all, whenever the power fails. */
public final class WholeFile {
    private WholeFile() {}

    /** The folder that a file is in. */
    public static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }

    /**
     * Writes a file, or writes it anew with the mode and, if this process may, the owner that it had; on disk when this returns.
     *
     * @throws IOException if it could not be written; then it is what it was
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, bytes, true);
    }

    /** The same; unless it is durable, a power cut may leave it with other bytes than these. */
    static void write(Path file, byte[] bytes, boolean isDurable) throws IOException {
        Path folder = folderOf(file);
        // The dot keeps it from being taken for a flow file.
        Path part = folder.resolve("." + file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                if (isDurable) {
                    channel.force(true);
                }
            }
            if (Files.exists(file)) {
                copyAttributes(file, part);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        if (isDurable) {
            sync(folder);
        }
    }

    /** Makes sure that what was made, renamed or deleted in a folder stays so. */
    public static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void copyAttributes(Path from, Path to) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributeView view =
                Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setPermissions(attributes.permissions());
        try {
            view.setGroup(attributes.group());
            view.setOwner(attributes.owner());
        } catch (IOException e) {
            // Only root may give a file away; then it belongs to the hub, readable as before.
        }
    }
}
