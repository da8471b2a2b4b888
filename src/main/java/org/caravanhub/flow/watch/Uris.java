package org.caravanhub.flow.watch;

import java.util.Objects;
import org.apache.camel.NamedNode;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** Where a step sends to. */
final class Uris {
    private Uris() {}

    /** The address, as it is written; empty if the step sends nowhere, or where to is only known when it does. */
    static String of(NamedNode step) {
        if (step instanceof SendDefinition<?> to) {
            return Objects.requireNonNullElse(to.getUri(), "");
        }
        if (step instanceof ToDynamicDefinition to) {
            return Objects.requireNonNullElse(to.getUri(), "");
        }
        return step instanceof EnrichDefinition ? step.getLabel().replaceFirst("^enrich\\[(?:\\w+\\{)?", "") : "";
    }

    /** The scheme of an address: {@code mqtt}. */
    static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }
}
