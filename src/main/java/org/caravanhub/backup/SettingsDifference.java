package org.caravanhub.backup;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a restore would change in a file of the configuration: by keys alone, since a value may be a secret.
 *
 * @param path the file's name in the backup
 * @param added keys that are only in the backup
 * @param changed keys that have another value in it
 * @param removed keys that are only here
 */
public record SettingsDifference(String path, List<String> added, List<String> changed, List<String> removed) {
    public SettingsDifference {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    /** Between a file that is here, if it is, and one of a backup. */
    static SettingsDifference of(String path, Path here, Path there) throws IOException {
        Properties now = read(here);
        Properties then = read(there);
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        Set<String> keys = new TreeSet<>(now.stringPropertyNames());
        keys.addAll(then.stringPropertyNames());
        for (String key : keys) {
            if (!now.containsKey(key)) {
                added.add(key);
            } else if (!then.containsKey(key)) {
                removed.add(key);
            } else if (!now.get(key).equals(then.get(key))) {
                changed.add(key);
            }
        }
        return new SettingsDifference(path, added, changed, removed);
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.isReadable(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                // A file with a broken \\u has no keys to be named; that it differs is told of the file.
                return new Properties();
            }
        }
        return properties;
    }
}
