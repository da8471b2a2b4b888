package org.caravanhub.bundle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The folder {@code bundles} in the data folder: never a place that others may write to, where somebody could have laid a link.
 *
 * @param data the data folder
 */
public record Bundles(Path data) {
    /** In the data folder. */
    public static final String FOLDER = "bundles";

    private static final int KEPT = 3;
    private static final String PREFIX = "caravan-bundle-";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** What a bundle of now is called, without its ending. */
    public static String name(String host, Instant now) {
        return PREFIX + host.replaceAll("[^A-Za-z0-9-]", "-") + "-" + TIME.format(now);
    }

    /** Writes one, gives it to whom the data folder belongs, and lets old ones go. */
    public Path write(String name, List<Member> members, Instant now) throws IOException {
        Path folder = data.resolve(FOLDER);
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            giveToOwner(folder);
        }
        if (!BundleFile.isFolder(folder)) {
            throw new FileSystemException(folder.toString(), null, "it is no folder; remove it, and try again");
        }
        Path file = folder.resolve(name + ".tar.gz");
        BundleFile.write(file, name, members, now);
        giveToOwner(file);
        prune(folder);
        return file;
    }

    /** Root writes it, and the hub's user must be able to remove it. */
    private void giveToOwner(Path made) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(made, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null && !view.getOwner().equals(Files.getOwner(data))) {
            view.setOwner(Files.getOwner(data));
        }
    }

    private static void prune(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*.tar.gz")) {
            files.forEach(all::add);
        }
        all.sort(Comparator.comparing((Path file) -> file.toFile().lastModified())
                .thenComparing(file -> file.getFileName().toString())
                .reversed());
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.deleteIfExists(old);
        }
    }
}
