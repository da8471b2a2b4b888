package org.caravanhub.flow.check;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.caravanhub.flow.Shipped;

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

    private static final String HUB = "org.caravanhub.";

    public Known {
        beans = Map.copyOf(beans);
        placeholders = Map.copyOf(placeholders);
        files = files.toAbsolutePath().normalize();
    }

    /** The packages of what only decides, or reaches nothing of the hub's own. */
    private static final Set<String> OPEN = Set.of("alert", "reading", "weather", "forward");

    /**
     * Whether the flows of a file may call a bean: those that the hub came with may call all, others what only decides or is no part
     * of the hub, so that a flow of one's own cannot write past the store or answer in the name of the API.
     */
    boolean mayCall(String path, String bean) {
        Class<?> type = beans.get(bean);
        if (type == null) {
            return false;
        }
        String name = type.getPackageName();
        return !name.startsWith(HUB) || OPEN.contains(name.substring(HUB.length())) || Shipped.has(path);
    }

    /** Names the beans only: placeholders hold passwords. */
    @Override
    public String toString() {
        return "Known" + beans.keySet();
    }
}
