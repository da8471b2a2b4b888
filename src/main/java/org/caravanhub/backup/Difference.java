package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.caravanhub.backup.Manifest.Entry;

/**
 * What a restore would change.
 *
 * @param rows of each table that has another number of rows, or is only in one of both
 * @param files that are added, replaced or removed, by their names in a backup
 */
public record Difference(List<Rows> rows, List<File> files) {
    public Difference {
        rows = List.copyOf(rows);
        files = List.copyOf(files);
    }

    /** What becomes of a file. */
    public enum Kind {
        ADDED,
        REPLACED,
        REMOVED
    }

    /** One file. */
    public record File(String path, Kind kind) {}

    /**
     * One table.
     *
     * @param now how many rows it has; -1 if there is no such table
     * @param then how many it has in the backup; -1 if there is no such table
     */
    public record Rows(String table, long now, long then) {}

    /** Between what is here and what is in a backup. */
    static Difference of(SortedMap<String, Path> here, SortedMap<String, Long> rowsHere, Manifest backup)
            throws IOException {
        List<File> files = new ArrayList<>();
        Set<String> inBackup = new TreeSet<>();
        for (Entry entry : backup.files()) {
            if (!entry.path().startsWith(Places.DATABASE + "/")) {
                inBackup.add(entry.path());
                Path file = here.get(entry.path());
                if (file == null) {
                    files.add(new File(entry.path(), Kind.ADDED));
                } else if (!Packing.entry(entry.path(), file).sha256().equals(entry.sha256())) {
                    files.add(new File(entry.path(), Kind.REPLACED));
                }
            }
        }
        here.keySet().stream()
                .filter(path -> !inBackup.contains(path) && !path.startsWith(Places.CONFIG + "/"))
                .forEach(path -> files.add(new File(path, Kind.REMOVED)));
        return new Difference(rows(rowsHere, backup.database().rows()), files);
    }

    private static List<Rows> rows(Map<String, Long> now, Map<String, Long> then) {
        Set<String> tables = new TreeSet<>(now.keySet());
        tables.addAll(then.keySet());
        return tables.stream()
                .map(table -> new Rows(table, now.getOrDefault(table, -1L), then.getOrDefault(table, -1L)))
                .filter(rows -> rows.now() != rows.then())
                .toList();
    }
}
