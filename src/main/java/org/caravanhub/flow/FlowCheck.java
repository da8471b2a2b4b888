package org.caravanhub.flow;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what is wrong with flow files before any of it runs. A check has no side effects: it makes no file and opens no connection. */
@FunctionalInterface
public interface FlowCheck {
    /**
     * Checks some of the files as parts of the whole.
     *
     * @param files every file that is to run, by its path relative to the folder, with its bytes; the changed ones as they would be
     * @param changed the paths to check; an id that two of all the files have is told of the changed one
     * @return the mistakes by file and place; none if the changed files may run
     */
    List<Mistake> check(Map<String, byte[]> files, Set<String> changed);
}
