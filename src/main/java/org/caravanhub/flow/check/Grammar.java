package org.caravanhub.flow.check;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields stand where in a flow file: Camel's own schema, without its titles and descriptions. It is a tenth of the schema's
 * size, and given back when memory is short.
 */
final class Grammar {
    /** What begins an entry of a file. */
    static final String ENTRY = "entry";

    /** What a field holds. */
    enum Kind {
        TEXT,
        TRUTH,
        NUMBER,
        /** One of some words. */
        WORD,
        /** Names and values that the grammar says nothing of, as the options of an endpoint. */
        MAP,
        TEXTS,
        /** Another shape. */
        ONE,
        /** A list of another shape. */
        LIST
    }

    /**
     * @param shape the name of the other shape; empty if it is none
     * @param words which there may be, of a {@link Kind#WORD}
     */
    record Field(Kind kind, String shape, Set<String> words) {
        Field(Kind kind) {
            this(kind, "", Set.of());
        }
    }

    /**
     * A map of fields.
     *
     * @param name Camel's name of it, without the package
     * @param mayBeText whether one text may stand for it: {@code to: direct:a}
     * @param alternatives sets of fields of which one may be given, as the languages of an expression
     */
    record Shape(
            String name,
            boolean mayBeText,
            Map<String, Field> fields,
            Set<String> required,
            List<Set<String>> alternatives) {}

    private static SoftReference<Grammar> last = new SoftReference<>(null);

    private final Map<String, Shape> shapes;

    Grammar(Map<String, Shape> shapes) {
        this.shapes = Map.copyOf(shapes);
    }

    /** Camel's. */
    static synchronized Grammar ofCamel() {
        Grammar grammar = last.get();
        if (grammar == null) {
            grammar = GrammarReader.read();
            last = new SoftReference<>(grammar);
        }
        return grammar;
    }

    /** A shape by its name without package. */
    Shape shape(String name) {
        return Optional.ofNullable(shapes.get(name))
                .orElseThrow(() -> new IllegalStateException("Camel's schema has no " + name));
    }
}
