package org.caravanhub.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that the hub reads, also if root has typed the command that makes them: they belong to whom the data folder belongs to. */
final class OwnFiles {
    private OwnFiles() {}

    static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            give(folder, Files.createDirectory(folder, Disk.FOLDER_OF_OWNER));
        }
    }

    static void write(Path folder, String name, String text) throws IOException {
        folder(folder);
        Path part = folder.resolve(name + BackupFile.PART);
        Files.deleteIfExists(part);
        Files.createFile(part, Disk.OWNER_ONLY);
        Files.writeString(part, text, StandardCharsets.UTF_8);
        take(folder, part, name);
    }

    /** A file that is there already gets its name. */
    static void take(Path folder, Path part, String name) throws IOException {
        give(folder, part);
        Disk.force(part);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Disk.force(folder);
    }

    private static void give(Path folder, Path file) throws IOException {
        Disk.give(file, Files.getOwner(folder.toAbsolutePath().getParent()));
    }
}
