package org.caravanhub.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that are there after a power cut, and readable by their owner only. */
final class Disk {
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    static final FileAttribute<Set<PosixFilePermission>> FOLDER_OF_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

    private Disk() {}

    /** A file's bytes, or which names a folder has, are on the disk when it returns. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Gives what was written its name, whole or not at all. */
    static void rename(Path from, Path to) throws IOException {
        give(from, Files.getOwner(to.toAbsolutePath().getParent()));
        force(from);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(to.resolveSibling("."));
    }

    /**
     * What root makes belongs to whom its folder belongs to, since the hub has to read it. Anybody else makes nothing but what is his own, and a
     * file system without owners is left as it is. A link is not followed: the folder's owner could have put it there.
     */
    static void give(Path made, UserPrincipal owner) throws IOException {
        var view = Files.getFileAttributeView(made, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.getOwner().equals(owner)) {
            try {
                view.setOwner(owner);
            } catch (FileSystemException e) {
                LOG.debug("{} stays whose it is", made, e);
            }
        }
    }

    /** A folder that is there then, with those above it. */
    static void folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path above = above(folder);
            folders(above);
            Files.createDirectories(folder);
            give(folder, Files.getOwner(above));
        }
    }

    private static Path above(Path folder) {
        return Objects.requireNonNull(folder.toAbsolutePath().getParent(), "the root of the file system is there");
    }

    /** With all that is in it; nothing happens if it is not there. Links are not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** An empty folder of the owner's. */
    static Path emptied(Path folder) throws IOException {
        delete(folder);
        folders(above(folder));
        return Files.createDirectory(folder, FOLDER_OF_OWNER);
    }
}
