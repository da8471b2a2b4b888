package org.caravanhub.flow.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/** Draws a flow as Camel has it in its model: as it runs, with templates filled in. */
final class PictureReader {
    private static final Pattern CALL = Pattern.compile("^(?:direct|seda):(?://)?([^?]+)");
    private static final int LONGEST_LABEL = 200;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    private PictureReader() {}

    static Picture read(RouteDefinition route) {
        PictureReader reader = new PictureReader();
        FromDefinition from = route.getInput();
        String begin = Objects.requireNonNullElse(from.getId(), route.getRouteId() + "-from");
        reader.nodes.add(new Node(
                begin,
                "from",
                label(from.getEndpointUri()),
                text(from.getDescriptionText()),
                Math.max(0, from.getLineNumber()),
                "",
                0));
        reader.read(route.getOutputs(), List.of(begin), "next", "", 0);
        return new Picture(
                List.copyOf(reader.nodes),
                List.copyOf(reader.edges),
                Optional.ofNullable(route.getRouteConfigurationId()).filter(id -> !id.isEmpty()));
    }

    /**
     * Draws steps that follow each other.
     *
     * @return those after which whatever follows comes
     */
    private List<String> read(
            List<? extends ProcessorDefinition<?>> steps, List<String> before, String kind, String parent, int level) {
        List<String> ends = before;
        String how = kind;
        for (ProcessorDefinition<?> step : steps) {
            if (step.isAbstract() && !isBranch(step)) {
                continue;
            }
            String id = step.getId();
            nodes.add(node(step, parent, level));
            for (String end : ends) {
                edges.add(new Edge(end, id, how));
            }
            how = "next";
            ends = after(step, id, level);
            call(step, id);
        }
        return ends;
    }

    private List<String> after(ProcessorDefinition<?> step, String id, int level) {
        if (!(step instanceof ChoiceDefinition choice)) {
            read(step.getOutputs(), List.of(id), "inner", id, level + 1);
            return List.of(id);
        }
        List<String> ends = new ArrayList<>();
        for (WhenDefinition when : choice.getWhenClauses()) {
            ends.addAll(way(when, when.getOutputs(), id, level));
        }
        OtherwiseDefinition otherwise = choice.getOtherwise();
        if (otherwise != null) {
            ends.addAll(way(otherwise, otherwise.getOutputs(), id, level));
        } else {
            ends.add(id);
        }
        return ends;
    }

    private List<String> way(
            OptionalIdentifiedDefinition<?> way, List<ProcessorDefinition<?>> steps, String choice, int level) {
        nodes.add(node(way, choice, level + 1));
        edges.add(new Edge(choice, way.getId(), "branch"));
        return read(steps, List.of(way.getId()), "next", way.getId(), level + 2);
    }

    private void call(NamedNode step, String id) {
        Matcher call = CALL.matcher(Uris.of(step));
        if (call.find()) {
            edges.add(new Edge(id, call.group(1), "call"));
        }
    }

    private static boolean isBranch(ProcessorDefinition<?> step) {
        return step.getShortName().equals("doCatch") || step.getShortName().equals("doFinally");
    }

    private static Node node(OptionalIdentifiedDefinition<?> step, String parent, int level) {
        return new Node(
                step.getId(),
                step.getShortName(),
                label(step.getLabel()),
                text(step.getDescriptionText()),
                Math.max(0, step.getLineNumber()),
                parent,
                level);
    }

    static String label(@Nullable String label) {
        String text = Objects.requireNonNullElse(URISupport.sanitizeUri(label), "");
        return text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL - 1) + "…";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
