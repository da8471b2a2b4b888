package org.caravanhub.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.caravanhub.flow.history.WholeFile;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;

/** The folder that the flow files are in, as it is looked at again and again; a file is read when it changed. Used by one thread. */
public final class FlowFolder {
    static final String ENDING = ".camel.yaml";

    private static final int DEPTH = 4;
    private static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final int TRIES = 5;
    /** Some file systems know the time of a change by two seconds only: a younger file is read again. */
    private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

    /** A file that was emptied just now is about to be written. */
    private static final Duration YOUNG = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(60);

    private final Path folder;
    private final Set<String> optional;
    private Map<String, Found> last = new TreeMap<>();

    /**
     * A file that was found.
     *
     * @param path relative to the folder, with {@code /}
     * @param content its bytes
     * @param owner who owns it on this machine; empty if that is unknown
     * @param mistake why it cannot be a flow file, whatever is in it
     */
    record Found(String path, Content content, String owner, Optional<Mistake> mistake, Stamp stamp) {}

    /** By what a change is noticed without reading. */
    private record Stamp(long size, FileTime time, @Nullable Object key, Instant readAt) {
        boolean isOf(BasicFileAttributes now) {
            return now.size() == size
                    && now.lastModifiedTime().equals(time)
                    && java.util.Objects.equals(key, now.fileKey())
                    && time.toInstant().plus(COARSEST_TIME).isBefore(readAt);
        }
    }

    /**
     * One that was not looked at yet.
     *
     * @param folder where the files are, in folders by feature
     * @param optional which files of {@code optional/}, and of those for EcoFlow and power, are wanted, by name without ending
     */
    public FlowFolder(Path folder, Set<String> optional) {
        this.folder = folder;
        this.optional = Set.copyOf(optional);
    }

    Path folder() {
        return folder;
    }

    /**
     * What is in the folder.
     *
     * @param bytes of every file that may be a flow file, by its path
     * @param mistakes of those that cannot be one, whatever is in them
     */
    public record Contents(Map<String, byte[]> bytes, List<Mistake> mistakes) {}

    /** What is in it now. */
    public Contents contents() {
        Map<String, byte[]> bytes = new TreeMap<>();
        List<Mistake> mistakes = new ArrayList<>();
        look().forEach((path, file) -> file.mistake()
                .ifPresentOrElse(
                        mistakes::add, () -> bytes.put(path, file.content().bytes())));
        return new Contents(bytes, mistakes);
    }

    /** Every flow file by its path, now. A folder that cannot be read has none. */
    Map<String, Found> look() {
        Map<String, Found> found = new TreeMap<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEPTH, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            String path = FlowPath.of(folder, file);
                            if (isWanted(path)) {
                                read(path, file).ifPresent(one -> found.put(path, one));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                            boolean isHidden = !directory.equals(folder)
                                    && directory.getFileName().toString().startsWith(".");
                            return isHidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the flows in " + folder, e);
        }
        last = found;
        return new HashMap<>(found);
    }

    /** Whether a file of this path is run if it is there. */
    boolean isWanted(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!name.endsWith(ENDING) || name.startsWith(".")) {
            return false;
        }
        boolean isOptional = path.startsWith("optional/")
                || ((path.startsWith("ecoflow/") || path.startsWith("power/")) && Shipped.has(path));
        return !isOptional || optional.contains(name.substring(0, name.length() - ENDING.length()));
    }

    private Optional<Found> read(String path, Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            Found known = last.get(path);
            if (known != null && known.stamp.isOf(attributes)) {
                return Optional.of(known);
            }
            if (!FlowPath.isAllowed(path)) {
                return Optional.of(refused(path, file, attributes, FlowPath.mistake(path)));
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                return Optional.of(refused(
                        path,
                        file,
                        attributes,
                        new Mistake(
                                path,
                                0,
                                0,
                                Mistake.Code.BAD_NAME,
                                "this is a link to a file outside of the folder of flows",
                                "copy the file into the folder",
                                "")));
            }
            return Optional.of(readWhole(path, file, attributes));
        } catch (IOException e) {
            return Files.exists(file) ? Optional.of(unreadable(path, e)) : Optional.empty();
        }
    }

    /** Read again while it changes under the hand. */
    private static Found readWhole(String path, Path file, BasicFileAttributes before) throws IOException {
        BasicFileAttributes attributes = before;
        for (int attempt = 1; ; attempt++) {
            Instant readAt = Instant.now();
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MOST_BYTES);
            }
            BasicFileAttributes after = Files.readAttributes(file, BasicFileAttributes.class);
            boolean isSame = after.size() == attributes.size()
                    && after.lastModifiedTime().equals(attributes.lastModifiedTime())
                    && bytes.length == Math.min(after.size(), MOST_BYTES);
            boolean isBeingWritten = bytes.length == 0
                    && Duration.between(after.lastModifiedTime().toInstant(), readAt)
                                    .compareTo(YOUNG)
                            < 0;
            if ((isSame && !isBeingWritten) || attempt == TRIES) {
                Stamp stamp = new Stamp(after.size(), after.lastModifiedTime(), after.fileKey(), readAt);
                Literals.hide(bytes);
                return new Found(path, Content.of(bytes), owner(file), Optional.empty(), stamp);
            }
            attributes = after;
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static Found refused(String path, Path file, BasicFileAttributes attributes, Mistake mistake) {
        Stamp stamp = new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey(), Instant.now());
        return new Found(path, Content.NONE, owner(file), Optional.of(mistake), stamp);
    }

    private static Found unreadable(String path, IOException e) {
        Mistake mistake = new Mistake(
                path,
                0,
                0,
                Mistake.Code.NOT_YAML,
                "the file cannot be read: " + Quoted.of(String.valueOf(e.getMessage())),
                "give the hub's user the right to read it",
                "");
        Stamp stamp = new Stamp(-1, FileTime.fromMillis(0), null, Instant.EPOCH);
        return new Found(path, Content.NONE, "", Optional.of(mistake), stamp);
    }

    private static String owner(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /** What is wrong with writing this file: a folder on the way to it is a link, so that it would be somewhere else. */
    Optional<Mistake> leadsOut(String path) throws IOException {
        Path there = WholeFile.folderOf(folder.resolve(path));
        while (Files.notExists(there)) {
            there = WholeFile.folderOf(there);
        }
        return there.toRealPath().startsWith(folder.toRealPath())
                ? Optional.empty()
                : Optional.of(new Mistake(
                        path,
                        0,
                        0,
                        Mistake.Code.BAD_NAME,
                        "its folder is a link to outside of the folder of flows",
                        "save it in a folder that is none",
                        ""));
    }
}
