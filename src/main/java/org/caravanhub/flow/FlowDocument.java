package org.caravanhub.flow;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A flow file read as YAML, with the place of everything in it; nothing is made of it yet.
 *
 * @param path relative to the folder of flows, with {@code /}
 * @param text its text
 * @param root the list that a flow file is
 * @param entries what is in the list
 */
public record FlowDocument(String path, String text, SequenceNode root, List<Entry> entries) {
    /** A flow is a page of text; this is fifty of them. */
    static final int LARGEST_BYTES = 256 * 1024;

    private static final int LONGEST_EXCERPT = 200;
    private static final Set<String> TEMPLATED = Set.of("templatedRoute", "templated-route");

    /**
     * One flow, policy, template or setting.
     *
     * @param kind {@code route}, {@code routeConfiguration}, {@code routeTemplate}, {@code templatedRoute}, {@code beans} ...
     * @param id its id; of a templated route its routeId; empty if it has none
     * @param line from 1
     * @param column from 1
     * @param node what is said of it
     */
    public record Entry(String kind, String id, int line, int column, Node node) {}

    /**
     * Reads a file.
     *
     * @throws NotReadable if it is no YAML, too large, empty, or no list
     */
    public static FlowDocument read(String path, byte[] bytes) throws NotReadable {
        return read(path, bytes, false);
    }

    /** Reads bytes that came with the program: they are not looked through for mistakes first, which takes as long again. */
    static FlowDocument readShipped(String path, byte[] bytes) throws NotReadable {
        return read(path, bytes, true);
    }

    private static FlowDocument read(String path, byte[] bytes, boolean isShipped) throws NotReadable {
        if (bytes.length > LARGEST_BYTES) {
            throw new NotReadable(new Mistake(
                    path,
                    0,
                    0,
                    Mistake.Code.TOO_LARGE,
                    "the file has " + bytes.length + " bytes; a flow may have " + LARGEST_BYTES,
                    "make several files of it",
                    ""));
        }
        String text = text(path, bytes);
        SequenceNode root = root(path, text, isShipped);
        List<Entry> entries = new ArrayList<>();
        for (Node node : root.getValue()) {
            if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
                NodeTuple first = mapping.getValue().get(0);
                entries.add(entry(first));
            }
        }
        return new FlowDocument(path, text, root, List.copyOf(entries));
    }

    /** A mistake at this node. */
    public Mistake mistake(Node at, Mistake.Code code, String message, String hint) {
        return mistake(line(at), column(at), code, message, hint);
    }

    /** A mistake at a line and column, both from 1; 0 if there is none. */
    public Mistake mistake(int line, int column, Mistake.Code code, String message, String hint) {
        return mistake(path, text, line, column, code, message, hint);
    }

    /** The line of a node, from 1. */
    public static int line(Node node) {
        return node.getStartMark().map(at -> at.getLine() + 1).orElse(0);
    }

    /** The column of a node, from 1. */
    public static int column(Node node) {
        return node.getStartMark().map(at -> at.getColumn() + 1).orElse(0);
    }

    private static Mistake mistake(
            String path, String text, int line, int column, Mistake.Code code, String message, String hint) {
        String excerpt = line == 0
                ? ""
                : text.lines()
                        .skip(line - 1L)
                        .findFirst()
                        .map(all -> all.substring(0, Math.min(all.length(), LONGEST_EXCERPT)))
                        .orElse("");
        return new Mistake(path, line, column, code, message, hint, excerpt);
    }

    private static String text(String path, byte[] bytes) throws NotReadable {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Windows' Notepad writes one; YAML and Camel both read over it.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new NotReadable(new Mistake(
                    path, 0, 0, Mistake.Code.NOT_YAML, "the file is not UTF-8", "save it as UTF-8 text", ""));
        }
    }

    private static SequenceNode root(String path, String text, boolean isShipped) throws NotReadable {
        Optional<YamlFault> fault = isShipped ? Optional.empty() : YamlFault.in(text);
        if (fault.isPresent()) {
            YamlFault at = fault.get();
            throw new NotReadable(mistake(path, text, at.line(), at.column(), at.code(), at.message(), at.hint()));
        }
        Node node = new Compose(YamlFault.SETTINGS).composeString(text).orElse(null);
        if (node != null && YamlFault.isTooMuch(node)) {
            throw new NotReadable(new Mistake(
                    path,
                    0,
                    0,
                    Mistake.Code.TOO_LARGE,
                    "the aliases of the file unfold to more than a flow may be",
                    "write out what they stand for",
                    ""));
        }
        if (node == null || isNothing(node)) {
            throw new NotReadable(new Mistake(
                    path,
                    0,
                    0,
                    Mistake.Code.EMPTY,
                    "there is nothing in the file",
                    "delete it to end its flow, or begin with \"- route:\"",
                    ""));
        }
        if (!(node instanceof SequenceNode list)) {
            throw new NotReadable(mistake(
                    path,
                    text,
                    line(node),
                    column(node),
                    Mistake.Code.WRONG_VALUE,
                    "a flow file is a list",
                    "begin with \"- route:\""));
        }
        return list;
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                        && scalar.isPlain()
                        && Set.of("", "~", "null").contains(scalar.getValue())
                || node instanceof SequenceNode list && list.getValue().isEmpty();
    }

    private static Entry entry(NodeTuple tuple) {
        String kind = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
        String idName = TEMPLATED.contains(kind) ? "routeId" : "id";
        return new Entry(
                kind,
                scalars(tuple.getValueNode()).getOrDefault(idName, ""),
                line(tuple.getKeyNode()),
                column(tuple.getKeyNode()),
                tuple.getValueNode());
    }

    private static Map<String, String> scalars(Node node) {
        Map<String, String> scalars = new java.util.HashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && tuple.getValueNode() instanceof ScalarNode value) {
                    scalars.put(key.getValue(), value.getValue());
                }
            }
        }
        return scalars;
    }
}
