package org.caravanhub.flow.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.caravanhub.flow.history.FlowVersion.Result;

/**
 * The last versions of each flow file, in {@code DATA/flows/history}: a folder for each file, a file for each version. A version that
 * is damaged is as if it were not there. One process writes; any may read.
 */
public final class FlowHistory {
    private static final int MOST = 50;
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private final Path root;

    /** @param flows the folder {@code flows} in the data folder; made when the first version is recorded */
    public FlowHistory(Path flows) {
        this.root = flows.resolve("history");
    }

    /** Every flow file that there ever was, as far as is remembered. */
    public Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        try (Stream<Path> tree = Files.walk(root, 5)) {
            tree.filter(file -> file.toString().endsWith(VersionFile.ENDING))
                    .forEach(file -> paths.add(
                            root.relativize(file.getParent()).toString().replace('\\', '/')));
        } catch (NoSuchFileException e) {
            return paths;
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(e);
        }
        return paths;
    }

    /** The versions of a file that can be read, newest first. */
    public List<FlowVersion> of(String path) {
        List<FlowVersion> versions = new ArrayList<>();
        for (VersionFile file : files(path)) {
            file.read(path).ifPresent(whole -> versions.add(whole.version()));
        }
        return versions;
    }

    /** One version with its bytes. */
    public Optional<Whole> find(String path, long number) {
        return files(path).stream()
                .filter(file -> file.number() == number)
                .findFirst()
                .flatMap(file -> file.read(path));
    }

    /** The newest version of these bytes. */
    public Optional<Whole> find(String path, String id) {
        return files(path).stream()
                .filter(file -> file.id().equals(id))
                .flatMap(file -> file.read(path).stream())
                .findFirst();
    }

    /** The version that ran last; none if the file was removed after it. */
    public Optional<Whole> lastGood(String path) {
        for (VersionFile file : files(path)) {
            if (file.result() == Result.REMOVED) {
                return Optional.empty();
            }
            if (file.result().isGood()) {
                Optional<Whole> whole = file.read(path);
                if (whole.isPresent()) {
                    return whole;
                }
            }
        }
        return Optional.empty();
    }

    /** The id of the version that ran last, by its name alone: quick, and not proof against damage. */
    public Optional<String> lastGoodId(String path) {
        for (VersionFile file : files(path)) {
            if (file.result() == Result.REMOVED) {
                return Optional.empty();
            }
            if (file.result().isGood()) {
                return Optional.of(file.id());
            }
        }
        return Optional.empty();
    }

    /** Records a version; on disk when this returns. What it is not worth keeping is let go. */
    public FlowVersion record(String path, byte[] bytes, Result result, Instant at, String who, List<String> mistakes)
            throws IOException {
        return record(path, bytes, result, at, who, mistakes, true);
    }

    /** Records what the program brought along: it can be had again, so nobody waits for the disk. */
    public FlowVersion recordShipped(String path, byte[] bytes, Instant at) throws IOException {
        return record(path, bytes, Result.APPLIED, at, "program", List.of(), false);
    }

    private FlowVersion record(
            String path, byte[] bytes, Result result, Instant at, String who, List<String> mistakes, boolean isDurable)
            throws IOException {
        Path folder = root.resolve(path);
        boolean isNew = Files.notExists(folder);
        Files.createDirectories(folder);
        List<VersionFile> before = files(path);
        long number = before.isEmpty() ? 1 : before.get(0).number() + 1;
        FlowVersion version =
                new FlowVersion(path, number, result, VersionId.of(bytes), at, who, bytes.length, mistakes);
        VersionFile.write(folder, version, bytes, isDurable);
        if (isNew && isDurable) {
            for (Path made = folder.getParent(); made != null && made.startsWith(root); made = made.getParent()) {
                WholeFile.sync(made);
            }
        }
        trim(path);
        return version;
    }

    /** The oldest go first, and never the one that ran last. */
    private void trim(String path) throws IOException {
        boolean hasGood = false;
        int count = 0;
        long bytes = 0;
        for (VersionFile file : files(path)) {
            boolean isLastGood = !hasGood && file.result().isGood();
            hasGood |= isLastGood;
            count++;
            bytes += file.size();
            if ((count > MOST || bytes > MOST_BYTES) && count > 1 && !isLastGood) {
                Files.deleteIfExists(file.file());
            }
        }
    }

    /** Newest first. */
    private List<VersionFile> files(String path) {
        List<VersionFile> files = new ArrayList<>();
        try (Stream<Path> list = Files.list(root.resolve(path))) {
            list.forEach(file -> VersionFile.of(file).ifPresent(files::add));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(e);
        }
        Collections.sort(files);
        return files;
    }

    private UncheckedIOException unreadable(Exception e) {
        IOException cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
        return new UncheckedIOException("the history of flows in " + root + " cannot be read", cause);
    }

    /**
     * A version with its bytes.
     *
     * @param version which
     * @param bytes the file as it was
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Whole(FlowVersion version, byte[] bytes) {}
}
