package org.caravanhub.store;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values for the named parameters of a statement. */
final class Values {
    private final Map<String, @Nullable Object> byName = new HashMap<>();

    /** The same, with one more. */
    Values with(String name, @Nullable Object value) {
        byName.put(name, value);
        return this;
    }

    @Nullable
    Object of(String name, String statement) {
        if (!byName.containsKey(name)) {
            throw new IllegalArgumentException("No value for :" + name + " of " + statement + ".sql");
        }
        return byName.get(name);
    }
}
