package org.caravanhub.ota.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/**
 * A file that is arriving. It has a name that the hub made, and is nothing yet; unless it is published, closing it takes it away. Not for
 * many threads at a time.
 */
public final class Arrival implements AutoCloseable {
    static final String ENDING = ".part";

    private final Path part;
    private final FileChannel channel;
    private final Room.Share share;
    private final Set<Path> arriving;
    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest md5 = digest("MD5");
    private long size;
    private boolean isPublished;

    /**
     * What has arrived.
     *
     * @param size in bytes
     * @param sha256 64 hexadecimal digits in small letters
     * @param md5 32 of them
     */
    public record Content(long size, String sha256, String md5) {}

    private Arrival(Path part, FileChannel channel, Room.Share share, Set<Path> arriving) {
        this.part = part;
        this.channel = channel;
        this.share = share;
        this.arriving = arriving;
    }

    /**
     * A new one in this folder, for the hub's own user only.
     *
     * @param arriving has it until it is closed
     */
    static Arrival in(Path folder, Room.Share share, Set<Path> arriving) throws IOException {
        Path part = folder.resolve(UUID.randomUUID() + ENDING);
        arriving.add(part);
        FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new Arrival(part, channel, share, arriving);
    }

    /**
     * Writes these bytes behind what is there.
     *
     * @throws UploadRefused if there is no room for them
     */
    public void write(ByteBuffer bytes) throws IOException {
        share.take(bytes.remaining());
        size += bytes.remaining();
        sha256.update(bytes.duplicate());
        md5.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Everything has arrived: it is on the disk when this returns. Called once. */
    Content finish() throws IOException {
        channel.force(true);
        channel.close();
        HexFormat hex = HexFormat.of();
        return new Content(size, hex.formatHex(sha256.digest()), hex.formatHex(md5.digest()));
    }

    /** Where it is for now. */
    Path file() {
        return part;
    }

    /** Gives it its name, in place of what may have that. */
    void publish(Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        isPublished = true;
        share.published();
    }

    @Override
    public void close() throws IOException {
        try (share;
                channel) {
            if (!isPublished) {
                Files.deleteIfExists(part);
            }
            arriving.remove(part);
        }
    }

    static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }
}
