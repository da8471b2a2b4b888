package org.caravanhub.flow.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.util.StringHelper;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.caravanhub.flow.check.Grammar.Field;
import org.caravanhub.flow.check.Grammar.Shape;
import org.caravanhub.text.Quoted;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Walks through a flow file along the {@link Grammar}, tells what does not fit, and hands on what does. */
final class Walk {
    private static final Set<String> ENTRIES = Set.of("route", "routeConfiguration", "routeTemplate", "templatedRoute");
    /** Camel looks for nothing in these. */
    private static final Set<String> FOR_PEOPLE = Set.of("description", "note");

    private static final String STEP = "ProcessorDefinition";

    private final FlowDocument document;
    private final Grammar grammar;
    private final Meaning meaning = new Meaning();
    private final List<Mistake> mistakes = new ArrayList<>();

    private Walk(FlowDocument document, Grammar grammar) {
        this.document = document;
        this.grammar = grammar;
    }

    static Outline through(FlowDocument document, Grammar grammar) {
        Walk walk = new Walk(document, grammar);
        document.root().getValue().forEach(walk::entry);
        return new Outline(document, List.copyOf(walk.meaning.found()), List.copyOf(walk.mistakes));
    }

    private void entry(Node node) {
        if (!(node instanceof MappingNode map) || map.getValue().isEmpty()) {
            wrong(
                    node,
                    Mistake.Code.WRONG_VALUE,
                    "a flow, a policy or a template should stand here",
                    "begin with \"- route:\"");
            return;
        }
        Shape shape = grammar.shape(Grammar.ENTRY);
        if (!isOnlyOne(map, "an entry")) {
            return;
        }
        for (NodeTuple tuple : map.getValue()) {
            String name = text(tuple.getKeyNode());
            if (ENTRIES.contains(name)) {
                FlowDocument.Entry entry = document.entries().stream()
                        .filter(any -> any.node() == tuple.getValueNode())
                        .findFirst()
                        .orElseThrow();
                meaning.enter(entry);
                Field field = fieldOf(shape, name);
                needsId(tuple, name);
                shape(grammar.shape(field.shape()), name, tuple.getKeyNode(), tuple.getValueNode(), false);
            } else if (Allowed.REFUSED_ENTRIES.containsKey(name)) {
                String hint = name.equals("from") ? "put \"from:\" into a \"route:\" that has an \"id:\"" : "";
                wrong(
                        tuple.getKeyNode(),
                        Mistake.Code.UNKNOWN_ENTRY,
                        "\"" + name + "\" may not stand here: " + Allowed.REFUSED_ENTRIES.get(name),
                        hint);
            } else {
                String hint = grammar.shape(STEP).fields().containsKey(name)
                        ? "a step belongs into the \"steps:\" of a \"route:\""
                        : Meant.by(name, ENTRIES);
                wrong(tuple.getKeyNode(), Mistake.Code.UNKNOWN_ENTRY, "unknown entry " + Quoted.of(name), hint);
            }
        }
    }

    private void needsId(NodeTuple tuple, String kind) {
        String idName = kind.equals("templatedRoute") ? "routeId" : "id";
        if (tuple.getValueNode() instanceof MappingNode map
                && map.getValue().stream().noneMatch(any -> name(any).equals(idName))) {
            wrong(tuple.getKeyNode(), Mistake.Code.MISSING_FIELD, "\"" + kind + "\" has no \"" + idName + "\"", "");
        }
    }

    private void shape(Shape shape, String name, Node key, Node value, boolean isPredicate) {
        if (value instanceof MappingNode map) {
            fields(shape, name, key, map, isPredicate);
        } else if (value instanceof ScalarNode text && !isNothing(text)) {
            if (shape.mayBeText()) {
                text(text, name.equals("constant"));
                meaning.text(shape, name, key, text, isPredicate);
            } else {
                wrong(
                        value,
                        Mistake.Code.WRONG_VALUE,
                        "\"" + name + "\" is " + Quoted.of(text.getValue()) + " and should be fields",
                        fieldsOf(shape));
            }
        } else if (value instanceof ScalarNode) {
            missing(shape, name, key, Set.of());
            meaning.nothing(shape, name, key);
        } else {
            wrong(value, Mistake.Code.WRONG_VALUE, "\"" + name + "\" is a list and should be fields", fieldsOf(shape));
        }
    }

    private void fields(Shape shape, String name, Node key, MappingNode map, boolean isPredicate) {
        boolean isStep = shape.name().equals(STEP);
        if (isStep) {
            isOnlyOne(map, "a step");
        }
        Map<String, Node> given = new HashMap<>();
        Set<String> meantFields = new TreeSet<>();
        for (NodeTuple tuple :
                isStep && !map.getValue().isEmpty() ? map.getValue().subList(0, 1) : map.getValue()) {
            // Camel knows fields by both spellings, steps by one.
            String fieldName = isStep ? text(tuple.getKeyNode()) : name(tuple);
            if (given.put(fieldName, tuple.getValueNode()) != null) {
                wrong(
                        tuple.getKeyNode(),
                        Mistake.Code.DUPLICATE_KEY,
                        Quoted.of(fieldName) + " is here twice",
                        "remove one");
            }
            Field field = shape.fields().get(fieldName);
            if (fieldName.equals("beans")) {
                wrong(
                        tuple.getKeyNode(),
                        Mistake.Code.FORBIDDEN_CLASS,
                        "\"beans\" may not stand here: " + Allowed.REFUSED_ENTRIES.get("beans"),
                        "");
            } else if (field == null) {
                unknown(shape, name, tuple.getKeyNode(), isStep);
                Meant.nearest(fieldName, shape.fields().keySet()).ifPresent(meantFields::add);
            } else {
                field(field, fieldName, tuple, meaning.isPredicate(shape, fieldName, map, isPredicate));
            }
        }
        meantFields.addAll(given.keySet());
        missing(shape, name, key, meantFields);
        for (Set<String> alternatives : shape.alternatives()) {
            map.getValue().stream()
                    .filter(tuple -> alternatives.contains(name(tuple)))
                    .skip(1)
                    .filter(tuple -> !name(tuple).equals(name(map.getValue().get(0))))
                    .forEach(tuple -> wrong(
                            tuple.getKeyNode(),
                            Mistake.Code.WRONG_VALUE,
                            "\"" + name + "\" has one already of what " + Quoted.of(name(tuple)) + " is",
                            "remove one"));
        }
        meaning.fields(shape, name, key, map, isPredicate);
    }

    private void field(Field field, String name, NodeTuple tuple, boolean isPredicate) {
        Node value = tuple.getValueNode();
        switch (field.kind()) {
            case ONE -> shape(grammar.shape(field.shape()), name, tuple.getKeyNode(), value, isPredicate);
            case LIST -> list(field, name, value, isPredicate);
            case TEXTS -> texts(name, value);
            case MAP -> map(name, value);
            default -> scalar(field, name, value);
        }
    }

    private void list(Field field, String name, Node value, boolean isPredicate) {
        if (value instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                if (item instanceof MappingNode || !name.equals("steps")) {
                    shape(grammar.shape(field.shape()), name, item, item, isPredicate);
                } else {
                    wrong(item, Mistake.Code.WRONG_VALUE, "a step is a name with a colon and what belongs to it", "");
                }
            }
        } else if (!(value instanceof ScalarNode nothing && isNothing(nothing))) {
            wrong(value, Mistake.Code.WRONG_VALUE, "\"" + name + "\" should be a list", "begin each line with \"- \"");
        } else if (name.equals("steps")) {
            wrong(value, Mistake.Code.WRONG_VALUE, "there are no steps", "");
        }
    }

    private void texts(String name, Node value) {
        if (value instanceof SequenceNode list) {
            list.getValue().forEach(item -> scalar(new Field(Grammar.Kind.TEXT), name, item));
        } else if (value instanceof MappingNode) {
            wrong(value, Mistake.Code.WRONG_VALUE, "\"" + name + "\" should be a list", "begin each line with \"- \"");
        } else if (value instanceof ScalarNode text) {
            text(text, false);
        }
    }

    private void map(String name, Node value) {
        if (value instanceof MappingNode map) {
            Set<String> given = new TreeSet<>();
            for (NodeTuple tuple : map.getValue()) {
                if (!given.add(text(tuple.getKeyNode()))) {
                    wrong(
                            tuple.getKeyNode(),
                            Mistake.Code.DUPLICATE_KEY,
                            Quoted.of(text(tuple.getKeyNode())) + " is here twice",
                            "remove one");
                }
                scalar(new Field(Grammar.Kind.TEXT), text(tuple.getKeyNode()), tuple.getValueNode());
            }
        } else if (!(value instanceof ScalarNode nothing && isNothing(nothing))) {
            wrong(value, Mistake.Code.WRONG_VALUE, "\"" + name + "\" should be names with values", "");
        }
    }

    private void scalar(Field field, String name, Node value) {
        if (!(value instanceof ScalarNode scalar)) {
            String what = value instanceof SequenceNode ? "a list" : "fields";
            wrong(value, Mistake.Code.WRONG_VALUE, "\"" + name + "\" is " + what + " and should be one value", "");
            return;
        }
        ValueRule.broken(field, scalar.getValue())
                .ifPresent(broken -> wrong(
                        value,
                        Mistake.Code.WRONG_VALUE,
                        "\"" + name + "\" is " + Quoted.of(scalar.getValue().strip()) + " and should be "
                                + broken.should(),
                        broken.hint()));
        if (!FOR_PEOPLE.contains(name)) {
            text(scalar, false);
        }
    }

    private void text(ScalarNode scalar, boolean isConstant) {
        meaning.anyText(scalar, !isConstant);
    }

    private void unknown(Shape shape, String name, Node key, boolean isStep) {
        String written = text(key);
        if (isStep) {
            wrong(
                    key,
                    Mistake.Code.UNKNOWN_STEP,
                    "unknown step " + Quoted.of(written),
                    Meant.by(written, shape.fields().keySet()));
        } else {
            String hint = Meant.by(written, shape.fields().keySet());
            if (hint.isEmpty()
                    && grammar.shape(STEP).fields().containsKey(StringHelper.dashToCamelCase(written))
                    && shape.fields().containsKey("steps")) {
                hint = "a step belongs under \"steps:\", with \"- \" before it";
            }
            wrong(
                    key,
                    Mistake.Code.UNKNOWN_FIELD,
                    "unknown field " + Quoted.of(written) + " of \"" + name + "\"",
                    hint);
        }
    }

    private void missing(Shape shape, String name, Node key, Set<String> given) {
        for (String field : new TreeSet<>(shape.required())) {
            boolean isSaid = given.contains(field)
                    // The grammar asks for "expression" where a language by itself is as good.
                    || shape.alternatives().stream().anyMatch(any -> any.contains(field))
                    // needsId has told.
                    || field.equals("id") && ENTRIES.contains(name);
            if (!isSaid) {
                wrong(key, Mistake.Code.MISSING_FIELD, "\"" + name + "\" has no \"" + field + "\"", "");
            }
        }
    }

    /** Two names in one item of a list: mostly one of them is indented too little. */
    private boolean isOnlyOne(MappingNode map, String what) {
        if (map.getValue().isEmpty()) {
            wrong(map, Mistake.Code.WRONG_VALUE, what + " is missing here", "");
        }
        if (map.getValue().size() > 1) {
            NodeTuple first = map.getValue().get(0);
            Node second = map.getValue().get(1).getKeyNode();
            wrong(
                    second,
                    Mistake.Code.WRONG_VALUE,
                    Quoted.of(text(second)) + " stands beside " + Quoted.of(text(first.getKeyNode())),
                    "indent it if it belongs to that, or begin it with \"- \"");
        }
        return map.getValue().size() == 1;
    }

    private String fieldsOf(Shape shape) {
        return shape.fields().size() > 12
                ? ""
                : "its fields are "
                        + String.join(", ", new TreeSet<>(shape.fields().keySet()));
    }

    private void wrong(Node at, Mistake.Code code, String message, String hint) {
        mistakes.add(document.mistake(at, code, message, hint));
    }

    private static Field fieldOf(Shape shape, String name) {
        return Optional.ofNullable(shape.fields().get(name)).orElseThrow();
    }

    private static String name(NodeTuple tuple) {
        return StringHelper.dashToCamelCase(text(tuple.getKeyNode()));
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static boolean isNothing(ScalarNode scalar) {
        return scalar.isPlain() && Set.of("", "~", "null").contains(scalar.getValue());
    }
}
