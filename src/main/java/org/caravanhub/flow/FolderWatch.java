package org.caravanhub.flow;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that something in the folder of flows has changed, and then that nothing more does: one save of an editor is several
 * events, a checkout hundreds. Looks every now and then all the same, since network folders tell nothing.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int DEPTH = 4;

    private final Path folder;
    private final Runnable changed;
    private final Thread thread = new Thread(this::watch, "flow-folder");
    private volatile boolean isClosed;

    FolderWatch(Path folder, Runnable changed) {
        this.folder = folder;
        this.changed = changed;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
    }

    private void watch() {
        try (WatchService events = folder.getFileSystem().newWatchService()) {
            follow(events);
        } catch (IOException e) {
            LOG.warn(
                    "flows=polled reason=\"{}\" \"changes are noticed after {} s\"",
                    e.getMessage(),
                    TimeUnit.NANOSECONDS.toSeconds(LOOK_NANOS));
            pollOnly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(WatchService events) throws IOException, InterruptedException {
        register(events);
        // What changed between the start and this.
        changed.run();
        long lookedAt = System.nanoTime();
        long first = 0;
        long last = 0;
        boolean isDirty = false;
        while (!isClosed) {
            long now = System.nanoTime();
            long dueAt = isDirty ? Math.min(last + QUIET_NANOS, first + LONGEST_NANOS) : lookedAt + LOOK_NANOS;
            WatchKey key = events.poll(Math.max(0, dueAt - now), TimeUnit.NANOSECONDS);
            now = System.nanoTime();
            if (key != null && isOfInterest(key)) {
                first = isDirty ? first : now;
                last = now;
                isDirty = true;
            }
            if (now - dueAt >= 0 && (!isDirty || now - Math.min(last + QUIET_NANOS, first + LONGEST_NANOS) >= 0)) {
                register(events);
                changed.run();
                lookedAt = now;
                isDirty = false;
            }
        }
    }

    private void pollOnly() {
        try {
            while (!isClosed) {
                TimeUnit.NANOSECONDS.sleep(LOOK_NANOS);
                changed.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOfInterest(WatchKey key) {
        boolean is = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            is |= event.kind() == StandardWatchEventKinds.OVERFLOW || !isTemporary(String.valueOf(event.context()));
        }
        key.reset();
        return is;
    }

    /** What editors write beside the file: vim's swap file and its 4913, emacs' locks, copies with a tilde. */
    static boolean isTemporary(String name) {
        return name.startsWith(".")
                || name.endsWith("~")
                || name.endsWith(".swp")
                || name.endsWith(".tmp")
                || name.startsWith("#")
                || name.equals("4913");
    }

    /** Every folder, new ones too; one that is watched already is only looked up. */
    private void register(WatchService events) throws IOException {
        Files.walkFileTree(
                folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEPTH, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                        if (!directory.equals(folder)
                                && isTemporary(directory.getFileName().toString())) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        try {
                            directory.register(
                                    events,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_MODIFY,
                                    StandardWatchEventKinds.ENTRY_DELETE);
                        } catch (IOException e) {
                            // It is gone again, or the machine watches as much as it can: then it is polled.
                            LOG.debug("folder={} watched=no reason=\"{}\"", directory, e.getMessage());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
