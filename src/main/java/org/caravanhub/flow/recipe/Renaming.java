package org.caravanhub.flow.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.flow.FlowDocument;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Gives a flow another id. Only the places of ids are written anew, so that comments and layout stay. */
final class Renaming {
    /** Without quotes YAML would read something else than text: a number, or nothing. */
    private static final Pattern NO_TEXT = Pattern.compile("true|false|null|[^a-z].*");

    private final String old;
    private final String id;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(ScalarNode at, String text) {}

    private Renaming(String old, String id) {
        this.old = old;
        this.id = id;
    }

    /** The text of the file with {@code old} and the ids of its steps renamed. */
    static String of(FlowDocument flow, String old, String id) {
        Renaming renaming = new Renaming(old, id);
        renaming.walk(flow.root());
        String text = renaming.written(flow.text());
        return text.replace("{{flow." + old + ".", "{{flow." + id + ".")
                .replaceAll("notify:" + Pattern.quote(old) + "(?![a-z0-9-])", "notify:" + id);
    }

    private void walk(Node node) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::walk);
        } else if (node instanceof MappingNode map) {
            map.getValue().forEach(this::walk);
        }
    }

    private void walk(NodeTuple tuple) {
        String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
        if (key.equals("parameters")) {
            return; // An endpoint may have an option called id.
        }
        if (tuple.getValueNode() instanceof ScalarNode value) {
            if (key.equals("id")) {
                edits.add(new Edit(value, named(value.getValue())));
            } else if (key.equals("group")) {
                edits.add(new Edit(value, "my"));
            }
        } else {
            walk(tuple.getValueNode());
        }
    }

    /** {@code tell-frost} becomes {@code tell-my-frost}; what does not name the flow gets its new name behind it. */
    private String named(String step) {
        Matcher word = Pattern.compile("(?<![a-z0-9])" + Pattern.quote(old) + "(?![a-z0-9])")
                .matcher(step);
        return word.find() ? word.replaceFirst(id) : step + "-" + id;
    }

    /** From the end, so that the places before stay where they are. */
    private String written(String text) {
        StringBuilder written = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparingInt((Edit edit) ->
                                index(text, edit.at().getStartMark().orElseThrow()))
                        .reversed())
                .forEach(edit -> written.replace(
                        index(text, edit.at().getStartMark().orElseThrow()),
                        index(text, edit.at().getEndMark().orElseThrow()),
                        NO_TEXT.matcher(edit.text()).matches() ? '"' + edit.text() + '"' : edit.text()));
        return written.toString();
    }

    /** YAML counts characters, Java halves of the rare ones. */
    private static int index(String text, Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }
}
