package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What belongs into a backup, on this machine: what is in the data folder but for the database and what can be made again, the flows, and
 * the files of the configuration.
 *
 * @param data the data folder
 * @param routes the folder of the flows
 * @param config files of the configuration, also outside of the data folder
 */
public record Sources(Path data, Path routes, List<Path> config) {
    /** In the data folder: the database, what is only of this moment, and what is made anew. */
    private static final Set<String> NOT_KEPT =
            Set.of("backups", "bundles", "cache", "damaged", "restore", "caravan.lock", "reserve", "health", "demo");

    /** Of the broker in the process: files that belong together only at one moment. Devices connect and subscribe anew. */
    private static final Path JOURNAL = Path.of("broker", "artemis");

    private static final Set<String> DATABASES = Set.of("caravan.db", "spool.db", "own.db");

    public Sources {
        config = List.copyOf(config);
    }

    /** The files, by their name in the backup. */
    SortedMap<String, Path> files() throws IOException {
        SortedMap<String, Path> all = new TreeMap<>();
        collect(Places.DATA, data, this::isKept, all);
        collect(Places.ROUTES, routes, file -> true, all);
        for (Path file : config) {
            if (Files.isRegularFile(file)) {
                all.put(Places.CONFIG + "/" + file.getFileName(), file);
            }
        }
        return all;
    }

    private boolean isKept(Path file) {
        Path inside = data.relativize(file);
        String first = inside.getName(0).toString();
        String name = inside.getFileName().toString();
        boolean isOfDatabase = inside.getNameCount() == 1
                && DATABASES.stream().anyMatch(database -> name.equals(database) || name.startsWith(database + "-"));
        return !NOT_KEPT.contains(first)
                && !inside.startsWith(JOURNAL)
                && !isOfDatabase
                && !name.endsWith(".part")
                && !name.matches("sqlite-.*-libsqlitejdbc\\.so.*");
    }

    private static void collect(String place, Path folder, Predicate<Path> isKept, Map<String, Path> all)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                return each.equals(folder) || isKept.test(each)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = place + "/" + folder.relativize(file).toString().replace('\\', '/');
                // Links lead elsewhere, and sockets are of a moment.
                if (attributes.isRegularFile() && isKept.test(file) && Places.isSafe(name)) {
                    all.put(name, file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (Files.exists(file)) {
                    throw e;
                }
                // It was there when the folder was listed, and has gone since.
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
