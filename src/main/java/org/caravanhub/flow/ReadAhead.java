package org.caravanhub.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of the folder, read and taken apart while other parts of the hub start. It knows files by their bytes: one that is
 * another by the time it is asked for is read then. Made by one thread and not changed afterwards.
 */
final class ReadAhead {
    /** Nothing was read yet. */
    static final ReadAhead NOTHING = new ReadAhead();

    private final Map<String, Content> shipped = new HashMap<>();
    private final Map<String, Units.Read> units = new HashMap<>();

    private ReadAhead() {}

    /** Reads these. */
    static ReadAhead of(Map<String, Content> found) {
        ReadAhead ahead = new ReadAhead();
        found.forEach((path, content) -> {
            boolean isShipped = Shipped.is(path, content);
            if (isShipped) {
                ahead.shipped.put(path, content);
            }
            ahead.units.put(path, new Units.Read(content, Units.of(path, content, isShipped)));
        });
        return ahead;
    }

    /** Whether this file is as it came with the program. */
    boolean isShipped(String path, Content content) {
        Content known = shipped.get(path);
        return known != null && known.isSame(content) || Shipped.is(path, content);
    }

    /** The units of a file. */
    List<Unit> units(String path, Content content) {
        Units.Read read = units.get(path);
        return read != null && read.content().isSame(content) ? read.units() : Units.of(path, content, false);
    }
}
