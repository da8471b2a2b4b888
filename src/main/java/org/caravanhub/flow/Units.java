package org.caravanhub.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.caravanhub.flow.Unit.Kind;
import org.caravanhub.flow.Unit.Name;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Takes a flow file apart, so that an edit of one flow leaves the others of the file alone. */
final class Units {
    /** Entries that hold for nothing but themselves. Others, such as beans, hold for all of the file. */
    private static final Set<String> ALONE = Set.of(
            "route",
            "routeConfiguration",
            "route-configuration",
            "routeTemplate",
            "route-template",
            "templatedRoute",
            "templated-route");

    private final FlowDocument document;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Units(FlowDocument document) {
        this.document = document;
    }

    /** What a file was taken apart into. */
    record Read(Content content, List<Unit> units) {}

    /** The units of a file, in its order. */
    static List<Unit> of(FlowDocument document) {
        return new Units(document).all();
    }

    /**
     * The same for its bytes; none if it cannot be read, which the check tells.
     *
     * @param isShipped whether these bytes came with the program, so that they need not be looked through for mistakes
     */
    static List<Unit> of(String path, Content content, boolean isShipped) {
        try {
            return of(
                    isShipped
                            ? FlowDocument.readShipped(path, content.bytes())
                            : FlowDocument.read(path, content.bytes()));
        } catch (NotReadable e) {
            return List.of();
        }
    }

    private List<Unit> all() {
        List<Node> items = document.root().getValue();
        List<Shape> shapes = new ArrayList<>();
        boolean isTree = true;
        for (Node item : items) {
            Shape shape = new Shape();
            isTree &= shape.read(item, false);
            shapes.add(shape);
        }
        String[] lines = document.text().split("\n", -1);
        if (!isTree || !areApart(items, lines)) {
            return whole(isTree ? shapes : List.of());
        }
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            int from = line(items.get(i));
            int below = i + 1 < items.size() ? line(items.get(i + 1)) : lines.length;
            StringBuilder text = new StringBuilder("\n".repeat(from));
            for (int line = from; line < below; line++) {
                text.append(lines[line]).append('\n');
            }
            Shape shape = shapes.get(i);
            shape.add(document.entries().get(i));
            units.add(new Unit(
                    document.path(),
                    from + 1,
                    text.toString(),
                    shape.text.toString(),
                    Set.copyOf(shape.defines),
                    Set.copyOf(shape.uses)));
        }
        return units;
    }

    /** Where something of one entry is meant in another, or the lines of two cannot be told apart, all are one. */
    private List<Unit> whole(List<Shape> shapes) {
        Set<Name> defines = new HashSet<>();
        Set<Name> uses = new HashSet<>();
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < shapes.size(); i++) {
            shape.append(shapes.get(i).text);
            defines.addAll(shapes.get(i).defines);
            uses.addAll(shapes.get(i).uses);
        }
        Shape names = new Shape();
        document.entries().forEach(names::add);
        defines.addAll(names.defines);
        return List.of(new Unit(
                document.path(),
                1,
                document.text(),
                shapes.isEmpty() ? document.text() : shape.toString(),
                Set.copyOf(defines),
                Set.copyOf(uses)));
    }

    private boolean areApart(List<Node> items, String[] lines) {
        boolean isPlain = document.root().getFlowStyle() == FlowStyle.BLOCK
                && document.entries().size() == items.size()
                && document.text().lines().noneMatch(line -> line.startsWith("%"));
        int last = -1;
        for (int i = 0; isPlain && i < items.size(); i++) {
            int line = line(items.get(i));
            FlowDocument.Entry entry = document.entries().get(i);
            isPlain = line > last
                    && lines[line].stripLeading().startsWith("-")
                    && ALONE.contains(entry.kind())
                    && items.get(i) instanceof MappingNode mapping
                    && mapping.getValue().size() == 1;
            last = line;
        }
        return isPlain;
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0);
    }

    /** What an entry says, line by line, and the names in it. */
    private final class Shape {
        final StringBuilder text = new StringBuilder();
        final Set<Name> defines = new HashSet<>();
        final Set<Name> uses = new HashSet<>();

        /** False if a node is met twice, by an alias: then there may be no end to it. */
        boolean read(Node node, boolean isStart) {
            if (!seen.add(node)) {
                return false;
            }
            text.append(line(node)).append(' ').append(node.getTag()).append(' ');
            boolean isTree = true;
            if (node instanceof ScalarNode scalar) {
                text.append(scalar.getValue().length()).append(':').append(scalar.getValue());
            } else if (node instanceof SequenceNode list) {
                text.append('[');
                for (Node item : list.getValue()) {
                    isTree &= read(item, false);
                }
                text.append(']');
            } else if (node instanceof MappingNode mapping) {
                text.append('{');
                for (NodeTuple tuple : mapping.getValue()) {
                    isTree &= read(tuple.getKeyNode(), false);
                    String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
                    if (tuple.getValueNode() instanceof ScalarNode value) {
                        note(key, value.getValue(), isStart);
                    }
                    isTree &= read(tuple.getValueNode(), key.equals("from"));
                }
                text.append('}');
            }
            return isTree;
        }

        private void note(String key, String value, boolean isStart) {
            switch (key) {
                case "routeConfigurationId", "route-configuration-id" -> {
                    for (String one : value.split(",", -1)) {
                        uses.add(new Name(Kind.POLICY, one.strip()));
                    }
                }
                case "routeTemplateRef", "route-template-ref" -> uses.add(new Name(Kind.TEMPLATE, value));
                case "uri", "to", "toD" -> {
                    if (value.startsWith("direct:") && value.indexOf('{') < 0) {
                        String name = value.substring("direct:".length()).split("\\?", 2)[0];
                        (isStart ? defines : uses).add(new Name(Kind.DIRECT, name));
                    }
                }
                default -> {}
            }
        }

        void add(FlowDocument.Entry entry) {
            if (entry.id().isEmpty()) {
                return;
            }
            switch (entry.kind()) {
                case "route", "templatedRoute", "templated-route" -> defines.add(new Name(Kind.FLOW, entry.id()));
                case "routeConfiguration", "route-configuration" -> defines.add(new Name(Kind.POLICY, entry.id()));
                case "routeTemplate", "route-template" -> defines.add(new Name(Kind.TEMPLATE, entry.id()));
                default -> {}
            }
        }
    }
}
