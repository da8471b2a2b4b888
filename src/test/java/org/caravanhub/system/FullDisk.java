package org.caravanhub.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** A file that takes all the room on a disk but a little, and takes again what others give up, until it is closed. */
final class FullDisk implements AutoCloseable {
    private final Path file;
    private final long leftBytes;
    private final Thread filling = new Thread(this::fill, "full-disk");
    private volatile boolean over;
    private volatile boolean full;

    /** @param leftBytes how much room is left to others */
    FullDisk(Path folder, long leftBytes) {
        this.file = folder.resolve("somebody-elses-file");
        this.leftBytes = leftBytes;
        filling.start();
    }

    boolean isFull() {
        return full;
    }

    private void fill() {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (!over) {
                full = !grow(channel) || full;
                LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers whether there was room. */
    private boolean grow(FileChannel channel) throws IOException {
        long room = Files.getFileStore(file).getUsableSpace() - leftBytes;
        if (room <= 0 && leftBytes > 0) {
            return false;
        }
        try {
            // The last blocks one by one: a write that does not fit is cut short.
            int block = (int) Math.min(1 << 20, Math.max(4096, room));
            channel.write(ByteBuffer.allocate(block));
            channel.force(false);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            filling.join();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
