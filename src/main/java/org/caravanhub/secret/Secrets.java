package org.caravanhub.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.caravanhub.settings.PropertiesFile;
import org.caravanhub.settings.Written;
import org.caravanhub.text.Hidden;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/**
 * The secrets of this hub's flows: {@code secrets.properties} in the data folder, readable by its owner only, and environment variables
 * {@code CARAVAN_SECRET_NAME}, which win. Read anew each time, so that what is written holds for the next flow that is loaded. Safe for
 * several threads.
 */
public final class Secrets {
    /** What the names of the environment variables begin with. */
    public static final String VARIABLES = "CARAVAN_SECRET_";

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

    private final Path file;
    private final Map<String, String> environment;

    /**
     * Secrets of a hub.
     *
     * @param data its data folder
     * @param environment as of {@link System#getenv()}
     */
    public Secrets(Path data, Map<String, String> environment) {
        this.file = data.resolve("secrets.properties");
        this.environment = Map.copyOf(environment);
    }

    /**
     * The value of one; it is hidden in logs and answers from now on.
     *
     * @throws IllegalArgumentException if there is none, or it cannot be used, saying what to do
     */
    public String value(String name) {
        Map<String, String> all = all();
        String value = all.get(name);
        if (value == null) {
            String near = Nearest.to(name, List.copyOf(all.keySet()))
                    .map(known -> " – did you mean \"" + known + "\"?")
                    .orElse("; write a line \"" + (name.matches(NAME) ? name : "name") + " = ...\" into " + file
                            + ", and chmod 600 it");
            throw new IllegalArgumentException("there is no secret " + Quoted.of(name) + near);
        }
        if (value.length() < Hidden.SHORTEST) {
            throw new IllegalArgumentException("the secret " + Quoted.of(name) + " has less than " + Hidden.SHORTEST
                    + " characters, and so cannot be kept out of logs; choose a longer one");
        }
        Hidden.never(value);
        return value;
    }

    /**
     * The names there are, without their values.
     *
     * @throws IllegalArgumentException if the file may be read by others, or has mistakes
     */
    public Set<String> names() {
        return new TreeSet<>(all().keySet());
    }

    private Map<String, String> all() {
        Map<String, String> all = new HashMap<>(fromFile());
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith(VARIABLES) && !value.isEmpty()) {
                String name = variable.substring(VARIABLES.length());
                all.put(name.toLowerCase(Locale.ROOT).replace('_', '-'), value);
            }
        });
        return all;
    }

    private Map<String, String> fromFile() {
        if (Files.notExists(file)) {
            return Map.of();
        }
        checkMode();
        List<String> mistakes = new ArrayList<>();
        Map<String, String> found = new HashMap<>();
        for (Written written : PropertiesFile.read(file, mistakes)) {
            if (written.key().matches(NAME)) {
                found.put(written.key(), written.value());
            } else {
                mistakes.add(written.place() + ": " + Quoted.of(written.key())
                        + " cannot be the name of a secret; names have small letters, digits and -");
            }
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        return found;
    }

    private void checkMode() {
        try {
            Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
            if (!PosixFilePermissions.toString(allowed).endsWith("------")) {
                throw new IllegalArgumentException(
                        file + " may be read by others, so nothing in it is a secret; type: chmod 600 " + file);
            }
        } catch (UnsupportedOperationException e) {
            // A file system that knows no owners, such as that of a USB stick.
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be looked at", e);
        }
    }
}
