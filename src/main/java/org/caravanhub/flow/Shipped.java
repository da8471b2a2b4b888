package org.caravanhub.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The flows as they came with this program, on its class path: those have been checked, and can always be had again. */
public final class Shipped {
    private Shipped() {}

    /** Whether a file of this path was shipped: what stands there may call the hub's own beans, and answer the hub's own paths. */
    public static boolean has(String path) {
        return FlowPath.isAllowed(path) && Shipped.class.getResource("/shipped-flows/" + path) != null;
    }

    /** Whether this is the file of this path as it was shipped. */
    static boolean is(String path, Content content) {
        return find(path).filter(content::isSame).isPresent();
    }

    /** The file of this path as it was shipped. */
    static Optional<Content> find(String path) {
        if (!FlowPath.isAllowed(path)) {
            return Optional.empty();
        }
        try (InputStream file = Shipped.class.getResourceAsStream("/shipped-flows/" + path)) {
            return file == null ? Optional.empty() : Optional.of(Content.of(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped flow " + path + " cannot be read", e);
        }
    }
}
