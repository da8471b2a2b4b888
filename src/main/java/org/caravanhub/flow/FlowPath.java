package org.caravanhub.flow;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.caravanhub.text.Quoted;

/** What a flow file may be called: its path relative to the folder of flows, with {@code /}. */
public final class FlowPath {
    private static final Pattern ALLOWED = Pattern.compile("([a-z0-9-]{1,60}/){0,3}[a-z0-9-]{1,60}\\.camel\\.yaml");

    /** Policies and templates first, since flows refer to them; then what takes in, so that it starts before what only answers. */
    private static final List<String> FIRST = List.of("shared", "reading");

    private FlowPath() {}

    /** Whether a flow file may have this path; nothing that leads elsewhere may. */
    public static boolean isAllowed(String path) {
        return ALLOWED.matcher(path).matches();
    }

    static String of(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    static Mistake mistake(String path) {
        return new Mistake(
                path,
                0,
                0,
                Mistake.Code.BAD_NAME,
                "a flow file cannot be called " + Quoted.of(path),
                "use a-z, 0-9 and -, at most three folders, and the ending .camel.yaml",
                "");
    }

    /** When it is started: a lower number earlier. */
    static int rank(String path) {
        int slash = path.indexOf('/');
        int rank = slash < 0 ? -1 : FIRST.indexOf(path.substring(0, slash));
        return rank < 0 ? FIRST.size() : rank;
    }
}
