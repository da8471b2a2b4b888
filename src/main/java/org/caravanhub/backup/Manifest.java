package org.caravanhub.backup;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a backup; the first thing in its file.
 *
 * @param madeAt when
 * @param host the machine's name
 * @param program the version of the program that made it
 * @param label a word: what it was made for
 * @param database what the copy of the database is
 * @param files all others, and the copy of the database, in the order in which they follow
 */
public record Manifest(
        Instant madeAt, String host, String program, String label, DatabaseFacts database, List<Entry> files) {
    /** The form that this program writes; it reads no newer one. */
    static final int FORMAT = 1;

    /** Its name in the file. */
    static final String NAME = "manifest.json";

    /** No backup has more files: firmware, flows and their history. */
    static final int MOST_FILES = 100_000;

    public Manifest {
        files = List.copyOf(files);
    }

    /** How many bytes it unpacks to. */
    public long bytes() {
        return files.stream().mapToLong(Entry::bytes).sum();
    }

    /**
     * One file.
     *
     * @param path its name in the backup, {@code data/tls/ca.crt}
     * @param bytes how long it is
     * @param sha256 of its bytes, in hexadecimal
     * @param mode its permissions, {@code rw-------}
     */
    public record Entry(String path, long bytes, String sha256, String mode) {}

    /**
     * The database as it was copied.
     *
     * @param kind {@code sqlite} or {@code postgresql}
     * @param path which of the files it is
     * @param schema the number of its newest migration
     * @param rows how many rows each table has
     */
    public record DatabaseFacts(String kind, String path, int schema, SortedMap<String, Long> rows) {
        public DatabaseFacts {
            rows = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        }
    }
}
