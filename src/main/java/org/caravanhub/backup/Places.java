package org.caravanhub.backup;

import java.util.List;
import java.util.Set;

/** Where things are in a backup. */
final class Places {
    /** The copy of the database. */
    static final String DATABASE = "database";

    /** What is in the data folder, but for the database. */
    static final String DATA = "data";

    /** The flows. */
    static final String ROUTES = "routes";

    /** What was configured. */
    static final String CONFIG = "config";

    private static final Set<String> ROOTS = Set.of(DATABASE, DATA, ROUTES, CONFIG);
    private static final int MOST_CHARACTERS = 512;
    private static final int MOST_LEVELS = 16;

    private Places() {}

    /** Whether a name in a backup leads to one of its places, and nowhere else whatever it is resolved against. */
    static boolean isSafe(String path) {
        if (path.length() > MOST_CHARACTERS
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        List<String> levels = List.of(path.split("/", -1));
        return levels.size() >= 2
                && levels.size() <= MOST_LEVELS
                && ROOTS.contains(levels.get(0))
                && levels.stream().noneMatch(level -> level.isBlank() || level.equals(".") || level.equals(".."));
    }
}
