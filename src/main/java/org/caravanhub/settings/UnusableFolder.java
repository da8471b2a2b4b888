package org.caravanhub.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/** The data folder cannot be made, entered or written. */
public final class UnusableFolder extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnusableFolder(String message, Throwable cause) {
        super(message, cause);
    }

    /** It cannot be made, or nothing can be written into it. */
    static UnusableFolder unwritable(Path folder, Exception cause) {
        return new UnusableFolder(
                "The data folder " + shown(folder) + " cannot be used: " + reason(folder, cause)
                        + ". Give it to the user that runs Caravan, or choose another with --data DIR.",
                cause);
    }

    /** What is in it cannot even be looked at. */
    static UnusableFolder closed(Path folder, IOException cause) {
        return cause instanceof AccessDeniedException
                ? new UnusableFolder(
                        "The data folder " + shown(folder) + " may not be entered by this user."
                                + " Run this as the user that runs the hub, with sudo for a service, or choose another with --data DIR.",
                        cause)
                : unwritable(folder, cause);
    }

    private static Path shown(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    private static String reason(Path folder, Exception cause) {
        if (Files.isRegularFile(folder)) {
            return "it is a file, not a folder";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "it cannot be made there";
        }
        if (cause instanceof ReadOnlyFileSystemException) {
            return "the file system is read-only";
        }
        String said = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return "Not a directory".equals(said) ? "a part of its path is a file, not a folder" : String.valueOf(said);
    }
}
