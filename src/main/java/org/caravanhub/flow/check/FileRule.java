package org.caravanhub.flow.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Where flows may read and write files: in one folder of the data folder, beside the database and its secrets. */
public final class FileRule {
    /** Options of {@code file:} that name a file or folder, all below the folder of the endpoint. */
    private static final Set<String> FILE_OPTIONS = Set.of(
            "fileName",
            "doneFileName",
            "move",
            "moveFailed",
            "moveExisting",
            "preMove",
            "tempFileName",
            "tempPrefix",
            "localWorkDirectory",
            "idempotentKey",
            "readLockIdempotentKey",
            "directoryName");

    private final Path folder;

    /** @param folder the only one that there is for flows; it need not exist */
    public FileRule(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    static boolean isFileOption(String name) {
        return FILE_OPTIONS.contains(name);
    }

    /** Whether an option of another component names a folder of the machine. */
    static boolean isFolderOption(String scheme, String option) {
        return scheme.equals("paho-mqtt5") && option.equals("filePersistenceDirectory");
    }

    /** Where a flow that says this reads and writes. */
    public Path resolve(String written) {
        return folder.resolve(written).normalize();
    }

    /** Why a flow may not go there; empty if it may. Links are followed. */
    public Optional<String> reasonAgainst(String written) {
        try {
            if (written.contains("%2e")
                    || written.contains("%2E")
                    || written.contains("%2f")
                    || written.contains("%2F")) {
                return Optional.of("hides a part of the path");
            }
            if (Path.of(written.replace("${", "").replace("}", "").replace(":", ""))
                            .normalize()
                            .startsWith("..")
                    || written.replace('\\', '/').matches("(.*/)?\\.\\.(/.*)?")) {
                return Optional.of("leads out of the folder");
            }
            if (written.contains("${")) {
                return Optional.empty(); // Known when it runs; the hub looks then.
            }
            Path resolved = resolve(written);
            if (!resolved.startsWith(folder)) {
                return Optional.of("is outside of what flows may reach");
            }
            return isLinkedOut(resolved) ? Optional.of("is a link to what flows may not reach") : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of("is no path");
        }
    }

    private boolean isLinkedOut(Path resolved) {
        Path existing = resolved;
        while (existing != null && existing.startsWith(folder) && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !existing.startsWith(folder) || !Files.exists(folder)) {
            return false;
        }
        try {
            return !existing.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return true;
        }
    }
}
