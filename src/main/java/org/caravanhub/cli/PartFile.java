package org.caravanhub.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that appears under its name when it is complete and on the disk. What is cut off, by Ctrl-C too, leaves nothing behind. */
final class PartFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final Thread onSignal;

    PartFile(Path file) {
        this.file = file.toAbsolutePath();
        this.part = this.file.resolveSibling(this.file.getFileName() + ".part");
        this.onSignal = new Thread(this::delete, "delete " + part);
        Runtime.getRuntime().addShutdownHook(onSignal);
    }

    /** Where to write meanwhile. */
    Path part() {
        return part;
    }

    /** Gives it its name. Nothing may be written any more. */
    void complete() throws IOException {
        sync(part, StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.resolveSibling("."), StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            System.err.println("caravan: " + part + " cannot be deleted: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            // The process is ending, and the thread runs already.
        }
    }
}
