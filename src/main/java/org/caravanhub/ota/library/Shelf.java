package org.caravanhub.ota.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The folder with the files: {@code SHA256.bin}, and {@code .part} while they arrive. After a power cut a file is there whole or not at all.
 */
public final class Shelf {
    private static final String ENDING = ".bin";
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{64})\\.bin");
    private static final int BLOCK = 64 * 1024;

    private final Path folder;
    private final Set<Path> arriving = ConcurrentHashMap.newKeySet();

    /** @param folder made when the first file comes */
    public Shelf(Path folder) {
        this.folder = folder;
    }

    /** Where the file with this SHA-256 is, if it is there. */
    public static Path file(Path folder, String sha256) {
        return folder.resolve(sha256 + ENDING);
    }

    Path file(String sha256) {
        return file(folder, sha256);
    }

    /** Begins a file. */
    Arrival begin(Room.Share share) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            force(folder.resolveSibling("."));
        }
        return Arrival.in(folder, share, arriving);
    }

    /** Gives the file its name; it survives a power cut from here on. */
    void put(Arrival arrival, String sha256) throws IOException {
        arrival.publish(file(sha256));
        force(folder);
    }

    /** Whether the file is there and as long as it was; a look, no reading. */
    boolean has(String sha256, long size) {
        try {
            return Files.isRegularFile(file(sha256), LinkOption.NOFOLLOW_LINKS) && Files.size(file(sha256)) == size;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the file is there and says what it said; reads all of it. */
    boolean isWhole(String sha256, long size) throws IOException {
        if (!has(sha256, size)) {
            return false;
        }
        MessageDigest digest = Arrival.digest("SHA-256");
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file(sha256))) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }

    void remove(String sha256) throws IOException {
        Files.deleteIfExists(file(sha256));
    }

    /** Takes away what is arriving no more, and files that nobody needs; nothing else that lies there. How many it took. */
    int clear(Predicate<String> isNeeded) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        int gone = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                var sha256 = FILE.matcher(name);
                boolean isStale = name.endsWith(Arrival.ENDING) && !arriving.contains(file)
                        || sha256.matches() && !isNeeded.test(sha256.group(1));
                if (isStale && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(file)) {
                    gone++;
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw new UncheckedIOException(e.getCause());
        }
        return gone;
    }

    /** The entries of the folder itself are on the disk when this returns. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
