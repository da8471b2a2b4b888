package org.caravanhub.flow;

import java.util.Optional;

/** Which version of a file somebody believes to change. */
public sealed interface Expected {
    /**
     * Looks whether it is so.
     *
     * @throws Stale if it is not
     */
    void check(Optional<String> current);

    /**
     * This version.
     *
     * @param id see {@link org.caravanhub.flow.history.VersionId}
     */
    record Version(String id) implements Expected {
        @Override
        public void check(Optional<String> current) {
            if (!current.equals(Optional.of(id))) {
                throw new Stale(id, current);
            }
        }
    }

    /** No file at all: it is to be a new one. */
    record Nothing() implements Expected {
        @Override
        public void check(Optional<String> current) {
            if (current.isPresent()) {
                throw new Stale("none", current);
            }
        }
    }

    /** Whatever is there. */
    record Anything() implements Expected {
        @Override
        public void check(Optional<String> current) {}
    }
}
