package org.caravanhub.ota;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether files of releases are still what was uploaded: each is read once after the start, and again when its size, its time or its place
 * on the disk is another. Safe for use by many threads.
 */
public final class ImageCheck {
    private static final int REMEMBERED = 1000;
    private static final int BLOCK = 64 * 1024;

    private final Map<Path, Result> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Result> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** What was found of a file. */
    public enum State {
        /** It is what was uploaded. */
        SOUND,
        /** It is something else. */
        DAMAGED,
        /** There is none. */
        MISSING
    }

    private record Stamp(long size, long modified, String place) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!now.isRegularFile()) {
                throw new NoSuchFileException(file.toString());
            }
            return new Stamp(
                    now.size(),
                    now.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
                    Objects.toString(now.fileKey()));
        }
    }

    private record Result(Stamp stamp, String sha256, State state) {}

    /** What is known of it without reading it; empty if it has to be read. Asks the file system for its size and time only. */
    public Optional<State> known(Path file, Artifact artifact) {
        try {
            Stamp now = Stamp.of(file);
            return Optional.ofNullable(known.get(file))
                    .filter(result ->
                            result.stamp().equals(now) && result.sha256().equals(artifact.sha256()))
                    .map(Result::state);
        } catch (NoSuchFileException e) {
            return Optional.of(State.MISSING);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads it, unless that is known; takes as long as the disk. What cannot be read is damaged. */
    public State look(Path file, Artifact artifact) {
        Optional<State> before = known(file, artifact);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            Stamp stamp = Stamp.of(file);
            boolean isSound = stamp.size() == artifact.size() && sha256(file).equals(artifact.sha256());
            State state = isSound ? State.SOUND : State.DAMAGED;
            known.put(file, new Result(stamp, artifact.sha256(), state));
            return state;
        } catch (NoSuchFileException e) {
            return State.MISSING;
        } catch (IOException e) {
            return State.DAMAGED;
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK];
            for (int read = bytes.read(block); read >= 0; read = bytes.read(block)) {
                digest.update(block, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
