package org.caravanhub.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.caravanhub.backup.DatabaseCopies;

/** A database elsewhere, for a drill: its dump is read to the last row, and never brought back into the server that the hub uses. */
public final class DrilledDump implements DatabaseCopies {
    private final PostgresCopies copies;
    private SortedMap<String, Long> rows = new TreeMap<>();

    /** @param copies of the server in use */
    public DrilledDump(PostgresCopies copies) {
        this.copies = copies;
    }

    @Override
    public String kind() {
        return copies.kind();
    }

    @Override
    public String fileName() {
        return copies.fileName();
    }

    @Override
    public int newestSchema() {
        return copies.newestSchema();
    }

    @Override
    public Facts copyTo(Path folder) throws IOException {
        return copies.copyTo(folder);
    }

    @Override
    public Facts check(Path folder) throws IOException {
        Facts facts = copies.check(folder);
        rows = facts.rows();
        return facts;
    }

    @Override
    public SortedMap<String, Long> rowsNow() {
        return rows;
    }

    @Override
    public void replace(Path folder) {
        // It was read to its end; the server keeps what it has.
    }
}
