package org.caravanhub.ota.library;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.caravanhub.ota.library.UploadRefused.Why;

/**
 * How much may come: a file, all files together, and what the disk must keep free for readings. What is arriving counts before it is there,
 * so that ten uploads at once get no more than ten one after the other. Safe for use by many threads.
 */
public final class Room {
    /** At 97 % the oldest readings go; firmware never brings the disk there. */
    private static final int FULLEST_PERCENT = 96;

    /** Four times what the hub holds in reserve for itself. */
    private static final long LEAST_FREE = 64L * 1024 * 1024;

    private final long most;
    private final long budget;
    private final Disk disk;
    private final AtomicLong arriving = new AtomicLong();
    /** Of what was published since the start: who began before knows of it only by this. */
    private final AtomicLong published = new AtomicLong();

    /** How full the disk is. */
    @FunctionalInterface
    public interface Disk {
        /** Its size and what is free of it, in bytes. */
        State now() throws IOException;

        /** The disk of this folder. */
        static Disk of(Path folder) {
            return () -> {
                FileStore store = Files.getFileStore(folder);
                return new State(store.getTotalSpace(), store.getUsableSpace());
            };
        }
    }

    /** In bytes. */
    public record State(long total, long free) {}

    /**
     * Room within these limits.
     *
     * @param most how large one file may be, in bytes
     * @param budget how large all may be together, in bytes
     */
    public Room(long most, long budget, Disk disk) {
        this.most = most;
        this.budget = budget;
        this.disk = disk;
    }

    /** How large one file may be, in bytes. */
    public long most() {
        return most;
    }

    /** How large all may be together, in bytes. */
    public long budget() {
        return budget;
    }

    /** The room of one file that arrives; given back when it is closed. Not for many threads at a time. */
    public final class Share implements AutoCloseable {
        private final long before;
        private final long usedBefore;
        private long taken;

        private Share(long before, long usedBefore) {
            this.before = before;
            this.usedBefore = usedBefore;
        }

        /**
         * Takes room for so many bytes more.
         *
         * @throws UploadRefused if there is none; what was taken before stays taken
         */
        void take(long bytes) throws IOException {
            check(taken + bytes, bytes);
            taken += bytes;
            arriving.addAndGet(bytes);
        }

        private void check(long size, long more) throws IOException {
            if (size > most) {
                throw tooLarge();
            }
            long used = usedBefore + published.get() - before;
            if (used + arriving.get() + more > budget) {
                throw new UploadRefused(
                        Why.NO_ROOM,
                        "The library is full: releases and what is arriving have "
                                + inWords(used + arriving.get()) + " of " + inWords(budget)
                                + ". Remove releases that nobody needs (`caravan firmware list`), or raise `caravan.firmware.budget`.");
            }
            State now = disk.now();
            if (now.free() - more < LEAST_FREE
                    || (now.total() - now.free() + more) / (now.total() / 100.0) > FULLEST_PERCENT) {
                throw new UploadRefused(
                        Why.NO_ROOM,
                        "The disk has only " + inWords(now.free())
                                + " left, and they are for readings. Make room on the disk of the data folder, and upload it again.");
            }
        }

        /** What came stays. */
        void published() {
            published.addAndGet(taken);
        }

        @Override
        public void close() {
            arriving.addAndGet(-taken);
            taken = 0;
        }
    }

    /**
     * Begins to take room.
     *
     * @param used by the files that are there, in bytes
     * @param announced how large it will be, if that was said; what can never fit is refused now
     */
    Share share(LongSupplier used, OptionalLong announced) throws IOException {
        Share share = new Share(published.get(), used.getAsLong());
        share.check(announced.orElse(0), announced.orElse(0));
        return share;
    }

    /** What is told of a file that is larger than one may be. */
    public UploadRefused tooLarge() {
        return new UploadRefused(
                Why.TOO_LARGE,
                "It is larger than " + inWords(most)
                        + ", and an image may not be. Is it the right file? If it is, raise `caravan.firmware.max-bytes`.");
    }

    private static String inWords(long bytes) {
        return bytes < 1024 * 1024
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / (1024.0 * 1024));
    }
}
