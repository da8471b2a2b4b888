package org.caravanhub.salvage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a database file as SQLite would see them: the newest committed one of the write-ahead log, or else that of the file.
 * Pages have 4096 bytes, all of them in use: Caravan makes no others, and the field that says so may be what is damaged. For one
 * thread, and only while no SQLite connection of this process has the file open.
 */
public final class Pages implements AutoCloseable {
    static final int SIZE = 4096;

    /** SQLite keeps its locks here and nothing else: the page that holds the byte at 1 GiB. */
    private static final int LOCK_PAGE = (1 << 30) / SIZE + 1;

    private final FileChannel file;
    private final @Nullable FileChannel log;
    private final Map<Integer, Long> inLog;
    private final int count;

    private Pages(FileChannel file, @Nullable FileChannel log, WriteAheadLog newest) throws IOException {
        this.file = file;
        this.log = log;
        this.inLog = newest.pages();
        long inFile = file.size() / SIZE;
        this.count = (int) Math.min(newest.pageCount().orElse(inFile), Integer.MAX_VALUE - 1);
    }

    /** Opens the file, and its log if there is one. */
    public static Pages open(Path file) throws IOException {
        Path logFile = Path.of(file + "-wal");
        FileChannel pages = FileChannel.open(file, StandardOpenOption.READ);
        if (Files.notExists(logFile)) {
            return new Pages(pages, null, WriteAheadLog.EMPTY);
        }
        FileChannel log = FileChannel.open(logFile, StandardOpenOption.READ);
        return new Pages(pages, log, WriteAheadLog.read(log));
    }

    /** How many there are; they are numbered from 1 on. */
    public int count() {
        return count;
    }

    /**
     * Copies a page.
     *
     * @param into 4096 bytes
     * @return false if there is no such page, or the disk cannot read it
     */
    boolean read(int number, byte[] into) {
        if (number < 1 || number > count || number == LOCK_PAGE) {
            return false;
        }
        Long place = log == null ? null : inLog.get(number);
        try {
            return place == null || log == null ? fill(file, (number - 1L) * SIZE, into) : fill(log, place, into);
        } catch (IOException e) {
            // A card that can no longer read a sector: the page is lost, the others are not.
            return false;
        }
    }

    static boolean isLockPage(int number) {
        return number == LOCK_PAGE;
    }

    private static boolean fill(FileChannel channel, long from, byte[] into) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (log != null) {
            log.close();
        }
    }
}
