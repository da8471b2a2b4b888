package org.caravanhub.flow;

import java.util.Set;
import org.apache.camel.support.PatternHelper;

/**
 * What is started and stopped as one: an entry of a flow file, or the whole file if its entries cannot be told apart.
 *
 * @param path of the file, relative to the folder of flows
 * @param line of its first line in the file, from 1
 * @param text the file with blank lines in place of the other entries, so that Camel knows each step's true line
 * @param shape what is said and in which lines, without comments: two units of one shape are the same to Camel
 * @param defines what it makes known to others
 * @param uses what it needs of others
 */
record Unit(String path, int line, String text, String shape, Set<Name> defines, Set<Name> uses) {

    /**
     * By what flows know each other.
     *
     * @param kind whose name it is
     * @param name the id; of what is used it may be a pattern of Camel's
     */
    record Name(Kind kind, String name) {
        /** Whether this, as it is used, means that, as it is defined. */
        boolean means(Name defined) {
            return kind == defined.kind && PatternHelper.matchPattern(defined.name, name);
        }
    }

    /** What can be used by others. */
    enum Kind {
        FLOW,
        POLICY,
        TEMPLATE,
        /** What {@code direct:} leads to. */
        DIRECT
    }

    /** Whether they are the same to Camel, in whichever file. */
    boolean isLike(Unit other) {
        return shape.equals(other.shape);
    }

    /** The same in another file. */
    Unit in(Unit other) {
        return new Unit(other.path, other.line, other.text, shape, defines, uses);
    }

    /** Whether Camel builds what that defines into this, so that this has to be built again when that changes. */
    boolean isBuiltFrom(Unit other) {
        return uses.stream()
                .filter(used -> used.kind() == Kind.POLICY || used.kind() == Kind.TEMPLATE)
                .anyMatch(used -> other.defines.stream().anyMatch(used::means));
    }
}
