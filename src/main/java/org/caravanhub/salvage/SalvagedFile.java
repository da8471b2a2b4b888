package org.caravanhub.salvage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A database file, damaged or not, as a heap of pages with rows in them. No SQLite connection of this process may have the file
 * open. For one thread.
 */
public final class SalvagedFile implements AutoCloseable {
    private static final int GLANCES = 200;

    /** Their rows balance: no other program's would be taken for them. */
    private static final Set<String> OURS = Set.of(Tables.READING, Tables.LEDGER, Tables.DEVICE);

    private final Pages pages;
    private final BitSet free;
    private final PageReader reader;

    /**
     * Takes the rows of one page at a time.
     *
     * @param <E> how that may fail
     */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        /**
         * Takes rows as they are found: not in the order of any key, and some twice.
         *
         * @param table whose rows they are
         */
        void take(Signature table, List<Row> rows) throws E, InterruptedException;
    }

    private SalvagedFile(Pages pages) {
        this.pages = pages;
        this.free = FreePages.in(pages);
        this.reader = new PageReader(pages);
    }

    /**
     * Opens a file, with the log beside it if there is one.
     *
     * @throws IOException if it cannot be opened at all
     */
    public static SalvagedFile open(Path file) throws IOException {
        return new SalvagedFile(Pages.open(file));
    }

    /** Reads everything once, to know what is there. */
    public Survey survey() {
        return Survey.of(pages, free, reader);
    }

    /** Whether Caravan wrote this, by a look at some two hundred pages. */
    public boolean isOurs() {
        int step = Math.max(1, pages.count() / GLANCES);
        for (int number = 1; number > 0 && number <= pages.count(); number += step) {
            Optional<String> table =
                    reader.read(number).flatMap(PageRows::signature).map(Signature::table);
            if (table.isPresent() && OURS.contains(table.get())) {
                return true;
            }
        }
        return false;
    }

    /** Gives all rows of all tables away, once through the file. */
    public <E extends Exception> void forEach(Taker<E> taker) throws E, InterruptedException {
        for (int number = 1; number <= pages.count(); number++) {
            if (free.get(number)) {
                continue;
            }
            PageRows page = reader.read(number).orElse(null);
            if (page != null && page.signature().isPresent()) {
                taker.take(page.signature().get(), page.rows());
            }
        }
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
