package org.caravanhub.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the hub's files show without being asked: what there is in the data folder, by name and size only, and the flows.
 *
 * @param data the data folder; of its files only those of {@code health} are read
 * @param routes the folder of the flows
 */
public record HubFiles(Path data, Path routes) {
    private static final int MOST_LISTED = 5_000;
    private static final int LONGEST_FLOW = 256 << 10;
    private static final int MOST_OF_ONE = 1 << 20;

    /** All of it. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(
                "data-folder.txt",
                "files in the data folder: mode, owner, size, time; nothing of what is in them",
                this::list));
        for (String name : List.of("last_ok", "last_fail", "drill.json")) {
            if (Files.isRegularFile(data.resolve("health").resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                parts.add(new Part(
                        "health/" + name,
                        "what was found from outside",
                        () -> text(data.resolve("health").resolve(name))));
            }
        }
        if (Files.isRegularFile(data.resolve("broker/mosquitto.conf"), LinkOption.NOFOLLOW_LINKS)) {
            parts.add(new Part(
                    "mosquitto/embedded.conf",
                    "settings of the broker that comes along",
                    () -> text(data.resolve("broker/mosquitto.conf"))));
        }
        flows().forEach((name, file) -> parts.add(new Part("flows/" + name, "a flow", () -> text(file))));
        return parts;
    }

    /** Root may ask: a link that was laid there since it was looked at is not followed. */
    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(MOST_OF_ONE), StandardCharsets.UTF_8);
        }
    }

    private Map<String, Path> flows() {
        Map<String, Path> flows = new TreeMap<>();
        try {
            Files.walkFileTree(routes, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = routes.relativize(file).toString();
                    if (attributes.isRegularFile()
                            && name.endsWith(".camel.yaml")
                            && attributes.size() < LONGEST_FLOW) {
                        flows.put(name, file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return flows;
        }
        return flows;
    }

    private String list() throws IOException {
        StringBuilder list = new StringBuilder();
        int[] count = {0};
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return add(folder);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return add(file);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                list.append("?          ").append(data.relativize(file)).append(" cannot be looked at\n");
                return FileVisitResult.CONTINUE;
            }

            private FileVisitResult add(Path file) {
                if (++count[0] > MOST_LISTED) {
                    list.append("and more\n");
                    return FileVisitResult.TERMINATE;
                }
                list.append(line(file)).append('\n');
                return FileVisitResult.CONTINUE;
            }
        });
        return list.toString();
    }

    private String line(Path file) {
        try {
            PosixFileAttributes is = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String kind = is.isDirectory() ? "d" : is.isSymbolicLink() ? "l" : "-";
            return String.format(
                    Locale.ROOT,
                    "%s%s %-10s %-10s %12d %s %s",
                    kind,
                    PosixFilePermissions.toString(is.permissions()),
                    is.owner().getName(),
                    is.group().getName(),
                    is.size(),
                    is.lastModifiedTime(),
                    data.relativize(file).toString().isEmpty() ? "." : data.relativize(file));
        } catch (IOException | UnsupportedOperationException e) {
            return "?          " + data.relativize(file);
        }
    }
}
