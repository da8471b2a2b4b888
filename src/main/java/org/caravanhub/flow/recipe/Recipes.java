package org.caravanhub.flow.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The recipes that come with this program: one to begin with nothing, and its optional flows. */
public final class Recipes {
    /** A class path cannot be listed, so that they stand here; a test holds it against {@code routes/optional}. */
    private static final List<String> OPTIONAL = List.of(
            "backup-old",
            "daily-report",
            "dew-point",
            "fan-when-humid",
            "forward-influx",
            "frost",
            "home-assistant",
            "home-assistant-started",
            "low-battery",
            "mirror-broker",
            "own-table",
            "webhook");

    private static final String EMPTY = "empty";

    private Recipes() {}

    /** Their names, the smallest first. */
    public static List<String> names() {
        return Stream.concat(Stream.of(EMPTY), OPTIONAL.stream()).toList();
    }

    /** All of them, in that order. */
    public static List<Recipe> all() {
        return names().stream().map(Recipes::read).toList();
    }

    /** The one of this name. */
    public static Optional<Recipe> find(String name) {
        return names().contains(name) ? Optional.of(read(name)) : Optional.empty();
    }

    private static Recipe read(String name) {
        String path = (name.equals(EMPTY) ? "/recipes/" : "/shipped-flows/optional/") + name + ".camel.yaml";
        try (InputStream file = Recipes.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its recipe " + name);
            }
            return Recipe.of(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the recipe " + name + " cannot be read", e);
        }
    }
}
