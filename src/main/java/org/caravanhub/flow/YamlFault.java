package org.caravanhub.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Why a text cannot be read as the YAML of a flow. It is found by reading one event after another, so that neither depth nor
 * aliases cost anything.
 *
 * @param line from 1; 0 if it is about the whole file
 * @param column from 1
 */
record YamlFault(int line, int column, Mistake.Code code, String message, String hint) {
    static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(FlowDocument.LARGEST_BYTES)
            .setMaxAliasesForCollections(YamlFault.MOST_ALIASES)
            .build();

    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 50;
    private static final int MOST_NODES = 50_000;
    private static final Set<Character> CONTROLS = Set.of('\t', '\n', '\r');

    /** What is wrong with a text; empty if it can be composed. */
    static Optional<YamlFault> in(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' && !CONTROLS.contains(character) || character == 0x7f) {
                return Optional.of(unprintable(text, i));
            }
        }
        Reading reading = new Reading();
        try {
            for (Iterator<Event> events = new Parse(SETTINGS).parseString(text).iterator(); events.hasNext(); ) {
                Optional<YamlFault> fault = reading.take(events.next());
                if (fault.isPresent()) {
                    return fault;
                }
            }
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            return Optional.of(reading.explain(e));
        } catch (YamlEngineException e) {
            return Optional.of(new YamlFault(0, 0, Mistake.Code.NOT_YAML, String.valueOf(e.getMessage()), ""));
        }
    }

    /** Whether what is read would be too much once every alias stands for what it is of. Something that contains itself is. */
    static boolean isTooMuch(Node root) {
        return count(root, 0, 0) > MOST_NODES;
    }

    private static int count(Node node, int depth, int before) {
        int count = depth > 2 * DEEPEST ? MOST_NODES + 1 : before + 1;
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                count = count > MOST_NODES ? count : count(tuple.getKeyNode(), depth + 1, count);
                count = count > MOST_NODES ? count : count(tuple.getValueNode(), depth + 1, count);
            }
        } else if (node instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                count = count > MOST_NODES ? count : count(item, depth + 1, count);
            }
        }
        return count;
    }

    private static YamlFault unprintable(String text, int index) {
        int line = (int) text.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
        return new YamlFault(
                line,
                index - text.lastIndexOf('\n', index),
                Mistake.Code.NOT_YAML,
                String.format("there is a character here that cannot be seen, U+%04X", (int) text.charAt(index)),
                "the file was perhaps written half; save it once more");
    }

    /** How far the text was read. */
    private static final class Reading {
        private int aliases;
        private int documents;
        private final Set<Anchor> anchors = new HashSet<>();
        private final Set<Anchor> collections = new HashSet<>();
        /** What is open, the innermost first. */
        private final Deque<Place> open = new ArrayDeque<>();

        private Optional<ScalarEvent> lastQuoted = Optional.empty();

        /** What comes next in something that is open. */
        private enum Place {
            ITEM,
            NAME,
            VALUE
        }

        Optional<YamlFault> take(Event event) {
            if (event instanceof NodeEvent node && isName(node)) {
                return fault(
                        event,
                        Mistake.Code.WRONG_VALUE,
                        "a list or a map stands where a name should be",
                        "put quotes around a text that begins with ?, [ or {");
            }
            if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
                node.getAnchor().ifPresent(anchors::add);
            }
            if (event instanceof ScalarEvent scalar && !scalar.isPlain()) {
                lastQuoted = Optional.of(scalar);
            }
            if (event instanceof CollectionEndEvent) {
                open.pop();
            } else if (event instanceof CollectionStartEvent start) {
                if (open.size() > DEEPEST) {
                    return fault(
                            event,
                            Mistake.Code.TOO_LARGE,
                            "lists and maps are nested more than " + DEEPEST + " deep",
                            "");
                }
                return tag(event, start.getTag());
            } else if (event instanceof ScalarEvent scalar) {
                return tag(event, scalar.getTag());
            } else if (event instanceof AliasEvent alias && !anchors.contains(alias.getAlias())) {
                return fault(
                        event,
                        Mistake.Code.NOT_YAML,
                        "an alias of something that is not above",
                        "put quotes around a text that begins with *");
            } else if (event instanceof AliasEvent && ++aliases > MOST_ALIASES) {
                return fault(event, Mistake.Code.TOO_LARGE, "there are more than " + MOST_ALIASES + " aliases", "");
            } else if (event instanceof DocumentStartEvent && ++documents > 1) {
                return fault(
                        event,
                        Mistake.Code.WRONG_VALUE,
                        "a second document begins here",
                        "put the flow into a file of its own, or remove the \"---\"");
            }
            return Optional.empty();
        }

        /** Whether something that is no text is the name of something. Notes where it stands. */
        private boolean isName(NodeEvent node) {
            Place place = open.isEmpty() ? Place.ITEM : open.peek();
            if (place != Place.ITEM) {
                open.pop();
                open.push(place == Place.NAME ? Place.VALUE : Place.NAME);
            }
            if (node instanceof CollectionStartEvent) {
                node.getAnchor().ifPresent(collections::add);
                open.push(node instanceof MappingStartEvent ? Place.NAME : Place.ITEM);
            }
            boolean isCollection = node instanceof CollectionStartEvent
                    || node instanceof AliasEvent alias && collections.contains(alias.getAlias());
            return place == Place.NAME && isCollection;
        }

        private static Optional<YamlFault> tag(Event event, Optional<String> tag) {
            return tag.filter(any -> !any.startsWith("tag:yaml.org,2002:") && !any.equals("!")
                            || any.contains(".") && !any.startsWith("tag:yaml.org,2002:")
                            || any.startsWith("tag:yaml.org,2002:java"))
                    .flatMap(any -> fault(
                            event,
                            Mistake.Code.FORBIDDEN_CLASS,
                            "a value of a type of its own, " + org.caravanhub.text.Quoted.of(any),
                            "remove the tag; a flow is made of texts, lists and maps"));
        }

        private static Optional<YamlFault> fault(Event event, Mistake.Code code, String message, String hint) {
            Optional<Mark> mark = event.getStartMark();
            return Optional.of(new YamlFault(
                    mark.map(at -> at.getLine() + 1).orElse(0),
                    mark.map(at -> at.getColumn() + 1).orElse(0),
                    code,
                    message,
                    hint));
        }

        YamlFault explain(MarkedYamlEngineException e) {
            String problem = String.valueOf(e.getProblem());
            String context = String.valueOf(e.getContext());
            Mark end = e.getProblemMark().or(e::getContextMark).orElse(null);
            Mark begin = e.getContextMark().orElse(end);
            if (end == null || begin == null) {
                return new YamlFault(0, 0, Mistake.Code.NOT_YAML, problem, "");
            }
            if (context.contains("quoted scalar") && problem.contains("end of stream")) {
                return at(begin, "this quote is never closed", "");
            }
            Optional<Mark> opening = lastQuoted
                    .filter(scalar -> scalar.getEndMark().isPresent()
                            && scalar.getEndMark().get().getLine() == end.getLine()
                            && isQuote(scalar))
                    .flatMap(Event::getStartMark)
                    .filter(start -> start.getLine() < end.getLine());
            if (opening.isPresent()) {
                return at(opening.get(), "this quote is not closed on its line", "");
            }
            if (problem.contains("(TAB)") || problem.contains("\\t")) {
                return at(end, "a tab", "YAML is indented with spaces");
            }
            if (problem.contains("mapping values are not allowed")) {
                return at(
                        end,
                        "a colon that nothing can begin at",
                        "indent the line like its neighbours, or put quotes around the text");
            }
            if (problem.contains("could not find expected ':'")) {
                return at(begin, "there is no colon after this name", "");
            }
            if (problem.contains("expected <block end>")) {
                return at(end, "this line is indented neither like those above nor like one that they belong to", "");
            }
            return at(end, problem.lines().findFirst().orElse("this is no YAML"), "");
        }

        private static boolean isQuote(ScalarEvent scalar) {
            return scalar.isDQuoted() || scalar.isSQuoted();
        }

        private static YamlFault at(Mark mark, String message, String hint) {
            return new YamlFault(mark.getLine() + 1, mark.getColumn() + 1, Mistake.Code.NOT_YAML, message, hint);
        }
    }
}
