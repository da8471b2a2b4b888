package org.caravanhub.salvage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is committed in a write-ahead log. As for SQLite, the log ends at the first frame whose checksum or salt is wrong, and what
 * follows the last commit was never promised to anybody.
 *
 * @param pages where the newest content of a page begins in the log, by page number
 * @param pageCount how many pages the database has; empty if nothing is committed in the log
 */
record WriteAheadLog(Map<Integer, Long> pages, OptionalLong pageCount) {
    static final WriteAheadLog EMPTY = new WriteAheadLog(Map.of(), OptionalLong.empty());

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;

    static WriteAheadLog read(FileChannel log) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (!fill(log, header, 0)) {
            return EMPTY;
        }
        boolean bigEndian = header.getInt(0) == (MAGIC | 1);
        Checksum checksum = new Checksum(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        checksum.add(header.array(), 0, 24);
        boolean usable = (header.getInt(0) & ~1) == MAGIC
                && header.getInt(8) == Pages.SIZE
                && checksum.is(header.getInt(24), header.getInt(28));
        return usable ? frames(log, header.getLong(16), checksum) : EMPTY;
    }

    private static WriteAheadLog frames(FileChannel log, long salt, Checksum checksum) throws IOException {
        Map<Integer, Long> committed = new HashMap<>();
        Map<Integer, Long> open = new HashMap<>();
        OptionalLong pageCount = OptionalLong.empty();
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + Pages.SIZE);
        for (long at = HEADER; fill(log, frame, at); at += frame.capacity()) {
            checksum.add(frame.array(), 0, 8);
            checksum.add(frame.array(), FRAME_HEADER, Pages.SIZE);
            if (frame.getLong(8) != salt || !checksum.is(frame.getInt(16), frame.getInt(20))) {
                break;
            }
            open.put(frame.getInt(0), at + FRAME_HEADER);
            int pagesAfterCommit = frame.getInt(4);
            if (pagesAfterCommit != 0) {
                pageCount = OptionalLong.of(pagesAfterCommit & 0xffffffffL);
                committed.putAll(open);
                open.clear();
            }
        }
        return new WriteAheadLog(committed, pageCount);
    }

    private static boolean fill(FileChannel log, ByteBuffer buffer, long from) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (log.read(buffer, from + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** SQLite's: two sums over pairs of words, each frame going on from the one before. */
    private static final class Checksum {
        private final ByteOrder order;
        private int first;
        private int second;

        Checksum(ByteOrder order) {
            this.order = order;
        }

        void add(byte[] bytes, int from, int length) {
            ByteBuffer words = ByteBuffer.wrap(bytes, from, length).order(order);
            while (words.hasRemaining()) {
                first += words.getInt() + second;
                second += words.getInt() + first;
            }
        }

        boolean is(int expectedFirst, int expectedSecond) {
            return first == expectedFirst && second == expectedSecond;
        }
    }
}
