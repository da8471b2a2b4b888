package org.caravanhub.flow;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One YAML file of flows, and what became of it.
 *
 * @param path relative to the folder of flows, with {@code /}
 * @param file where it is
 * @param problem why it does not run, with line and column where known; empty if it runs
 */
public record FlowFile(String path, Path file, Optional<String> problem) {
    /** Whether it runs. */
    public boolean isRunning() {
        return problem.isEmpty();
    }
}
