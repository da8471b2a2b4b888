package org.caravanhub.doctor;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.caravanhub.health.Health;

/** Whether the files in the data folder are its owner's, and nobody else's to read. */
public final class Ownership {
    private static final int MOST_FILES = 20_000;
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private Ownership() {}

    /**
     * What is not as it should be.
     *
     * @param foreign files of another user than the folder's
     * @param open files that everybody may read or write, in a folder that everybody may enter
     */
    record Found(List<Path> foreign, List<Path> open) {}

    /** Of this data folder. */
    public static Health look(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            return Health.warning(
                    "The data folder " + data + " is not there.",
                    "A hub that starts makes a new one, and knows nothing of what was before.",
                    "If there should be one: is its disk mounted? Is it named rightly (--data, caravan.data)?");
        }
        if (!isDataFolder(data)) {
            return Health.warning(
                    data + " has nothing of a hub's in it.",
                    "A hub that starts there begins anew, among what is there.",
                    "Is it named rightly (--data, caravan.data)?");
        }
        Found found = find(data);
        String owner = Files.getOwner(data).getName();
        if (!found.foreign().isEmpty()) {
            Path first = found.foreign().get(0);
            return Health.warning(
                    files(found.foreign()) + " in " + data + " belong to another user than " + owner + ", " + first
                            + " to "
                            + Files.getOwner(first, LinkOption.NOFOLLOW_LINKS).getName() + ".",
                    "The hub runs as " + owner + " and may not write them.",
                    "sudo caravan doctor --fix; as a service it is put right at each start.");
        }
        if (!found.open().isEmpty()) {
            return Health.warning(
                    files(found.open()) + " in " + data + " may be read by everybody on this machine, "
                            + found.open().get(0) + " for example.",
                    "There are tokens, passwords and all readings in the folder.",
                    "caravan doctor --fix, or chmod o-rwx " + data);
        }
        return Health.ok(data + " is " + owner + "'s, and nobody else's to read.");
    }

    /** Whether a hub has worked in it, or it is empty: nothing is changed in a folder that was named by mistake. */
    static boolean isDataFolder(Path data) throws IOException {
        if (Stream.of("caravan.lock", "caravan.db", "spool.db", "admin.token")
                .anyMatch(name -> Files.exists(data.resolve(name)))) {
            return true;
        }
        try (Stream<Path> files = Files.list(data)) {
            return files.findAny().isEmpty();
        }
    }

    static Found find(Path data) throws IOException {
        List<Path> foreign = new ArrayList<>();
        List<Path> open = new ArrayList<>();
        PosixFileAttributes folder = Files.readAttributes(data, PosixFileAttributes.class);
        boolean isOpen = folder.permissions().contains(PosixFilePermission.OTHERS_EXECUTE);
        int[] count = {0};
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                return note(each);
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                return note(each);
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException e) {
                return FileVisitResult.CONTINUE; // gone meanwhile, or another's
            }

            private FileVisitResult note(Path each) throws IOException {
                if (++count[0] > MOST_FILES) {
                    return FileVisitResult.TERMINATE;
                }
                PosixFileAttributes is =
                        Files.readAttributes(each, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!is.owner().equals(folder.owner())) {
                    foreign.add(each);
                }
                if (isOpen && !is.isSymbolicLink() && is.permissions().stream().anyMatch(OF_OTHERS::contains)) {
                    open.add(each);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new Found(foreign, open);
    }

    private static String files(List<Path> files) {
        return files.size() == 1 ? "A file" : files.size() + " files";
    }

    static void close(Path file) throws IOException {
        Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
        mode.addAll(Files.getPosixFilePermissions(file));
        mode.removeAll(OF_OTHERS);
        Files.setPosixFilePermissions(file, mode);
    }
}
