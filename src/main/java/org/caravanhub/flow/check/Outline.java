package org.caravanhub.flow.check;

import java.util.List;
import java.util.stream.Stream;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;

/**
 * A flow file, walked through once.
 *
 * @param document the file
 * @param found what is in it, in its order
 * @param mistakes against the grammar
 */
record Outline(FlowDocument document, List<Found> found, List<Mistake> mistakes) {
    /** What was found of one kind. */
    <T extends Found> Stream<T> all(Class<T> kind) {
        return found.stream().filter(kind::isInstance).map(kind::cast);
    }
}
