package org.caravanhub.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's first credential: one line in {@code admin.token} of the data directory, made at the first start, readable by its owner
 * only. There is no default and no way around it; to replace it, delete the file and start again.
 */
public final class AdminToken {
    /** The name of the file. */
    public static final String FILE = "admin.token";

    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final String PREFIX = "caravan_";
    private static final int RANDOM_BYTES = 32;
    private static final int SHORTEST = 24;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final String text;
    private final Fingerprint fingerprint;
    private final boolean fresh;

    private AdminToken(String text, boolean fresh) {
        this.text = text;
        this.fingerprint = Fingerprint.of(text);
        this.fresh = fresh;
    }

    /**
     * The token of this data directory; made now if there is none.
     *
     * @param directory the data directory; it exists
     * @throws IllegalStateException if the file cannot be used; the message says what to do
     * @throws UncheckedIOException if it cannot be read or written
     */
    public static AdminToken in(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            return Files.exists(file) ? read(file) : make(file);
        } catch (FileAlreadyExistsException e) {
            return in(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The admin token " + file + " could not be read or written", e);
        }
    }

    /** The token itself: for a terminal and nothing else. */
    public String text() {
        return text;
    }

    /** Whether it was made just now, so that nobody can know it yet. */
    public boolean isFresh() {
        return fresh;
    }

    /** Whether this is the token; takes equally long however much of it is right. */
    boolean matches(String candidate) {
        return fingerprint.matches(Fingerprint.of(candidate));
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }

    private static AdminToken read(Path file) throws IOException {
        if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            LOG.warn("admin token was open to others, closed file={}", file);
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (text.length() < SHORTEST || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalStateException(
                    "The admin token in " + file + " cannot be used: it must be one line of at least " + SHORTEST
                            + " printable characters. Delete the file and start again, and a new one is made.");
        }
        return new AdminToken(text, false);
    }

    /** Whole or not at all: written beside, synced, then linked to its name, which fails if another process was faster. */
    private static AdminToken make(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path part = Files.createTempFile(
                file.toAbsolutePath().getParent(), FILE, ".part", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer line = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
                while (line.hasRemaining()) {
                    channel.write(line);
                }
                channel.force(true);
            }
            Files.createLink(file, part);
        } finally {
            Files.delete(part);
        }
        return new AdminToken(text, true);
    }
}
