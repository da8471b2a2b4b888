package org.caravanhub.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files in which the kernel tells of itself. A file that is missing or may not be read is the same as one that says nothing.
 *
 * @param root {@code /}; in tests another tree
 */
public record Linux(Path root) {
    /** The machine itself. */
    public static final Linux HERE = new Linux(Path.of("/"));

    /** Files of the kernel are small; what is longer is cut. */
    private static final int MOST_BYTES = 1 << 20;

    /** What a file says, without spaces at its ends. */
    public Optional<String> text(String path) {
        try (var file = Files.newInputStream(root.resolve(path))) {
            String text = new String(file.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            // Names of the device tree end in a zero.
            return Optional.of(text.replace("\0", "").strip()).filter(said -> !said.isEmpty());
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }

    /** The lines of a file; none if there is no such file. */
    public List<String> lines(String path) {
        return text(path).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** A file that is one whole number. */
    public OptionalLong number(String path) {
        return text(path).map(text -> number(text, 10)).orElse(OptionalLong.empty());
    }

    /** A file that is one number to the base of 16, with or without {@code 0x}. */
    OptionalLong hexadecimal(String path) {
        return text(path)
                .map(text -> number(text.startsWith("0x") ? text.substring(2) : text, 16))
                .orElse(OptionalLong.empty());
    }

    /** The number behind a name, as in {@code /proc/meminfo} and {@code memory.events}: {@code oom_kill 2}. */
    OptionalLong number(String path, String name) {
        for (String line : lines(path)) {
            String[] words = line.split("[:\\s]+");
            if (words.length > 1 && words[0].equals(name)) {
                return number(words[1], 10);
            }
        }
        return OptionalLong.empty();
    }

    /** What is in a folder and has such a name, in order, as paths from the root. */
    public List<String> in(String folder, String glob) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder), glob)) {
            files.forEach(file -> found.add(folder + "/" + file.getFileName()));
        } catch (IOException | SecurityException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }

    static OptionalLong number(String text, int base) {
        try {
            return OptionalLong.of(Long.parseLong(text, base));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
