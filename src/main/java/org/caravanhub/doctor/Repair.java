package org.caravanhub.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.caravanhub.disk.Leftovers;

/**
 * Something that can be mended with no risk: nothing that holds data is deleted, and what is changed can be changed back.
 *
 * @param what will be done, for a person
 * @param work does it
 */
public record Repair(String what, Work work) {
    /** Does it. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** Of this data folder. */
    public static List<Repair> of(Path data) throws IOException {
        List<Repair> repairs = new ArrayList<>();
        if (Files.notExists(data)) {
            repairs.add(new Repair("make the folder " + data + ", for its owner alone", () -> make(data)));
            return repairs;
        }
        if (!Ownership.isDataFolder(data)) {
            return repairs;
        }
        Ownership.Found found = Ownership.find(data);
        if (!found.foreign().isEmpty()) {
            Object owner = Files.getAttribute(data, "unix:uid");
            repairs.add(new Repair(
                    "give " + found.foreign().size() + " files in " + data + " to "
                            + Files.getOwner(data).getName() + ": " + shown(found.foreign()),
                    () -> give(data, found.foreign(), owner)));
        }
        if (!found.open().isEmpty()) {
            repairs.add(
                    new Repair("close " + data + " to everybody but its owner and group", () -> Ownership.close(data)));
        }
        Leftovers leftovers = new Leftovers(data);
        List<Path> old = leftovers.find();
        if (!old.isEmpty()) {
            repairs.add(new Repair(
                    "delete " + old.size() + " files that a kill left half made: " + shown(old), leftovers::clear));
        }
        return repairs;
    }

    private static void make(Path data) throws IOException {
        Files.createDirectories(
                data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** A link is given away itself, and not what it leads to. */
    private static void give(Path data, List<Path> files, Object owner) throws IOException {
        Path here = data.toRealPath();
        for (Path file : files) {
            Path folder = file.equals(data) ? data : Objects.requireNonNull(file.getParent());
            // Somebody was asked meanwhile, and a folder on the way to it may have become a link.
            if (!folder.toRealPath()
                    .equals(here.resolve(data.relativize(folder)).normalize())) {
                throw new IOException(folder + " has become a link; look at it: ls -l " + folder);
            }
            Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static String shown(List<Path> files) {
        return String.join(", ", files.stream().limit(3).map(Path::toString).toList())
                + (files.size() > 3 ? ", ..." : "");
    }
}
