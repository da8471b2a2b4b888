package org.caravanhub.flow.check;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What flows may refer to on this hub.
 *
 * @param beans the names that flows call decisions by, and what class each is of
 * @param placeholders what <code>{{name}}</code> stands for
 * @param secrets gives the names that <code>{{secret:name}}</code> knows; throws IllegalArgumentException, saying why, if they cannot be read
 * @param files the only folder that {@code file:} reaches
 */
public record Known(
        Map<String, Class<?>> beans, Map<String, String> placeholders, Supplier<Set<String>> secrets, Path files) {

    public Known {
        beans = Map.copyOf(beans);
        placeholders = Map.copyOf(placeholders);
        files = files.toAbsolutePath().normalize();
    }

    /** Names the beans only: placeholders hold passwords. */
    @Override
    public String toString() {
        return "Known" + beans.keySet();
    }
}
