package org.caravanhub.flow.check;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ModelReifierFactory;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.caravanhub.text.Quoted;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Has Camel build the flows of files that nothing is wrong with, for what only Camel knows. Nothing of them is started. */
final class DryRun {
    private static final Set<String> SHARED = Set.of("routeConfiguration", "routeTemplate");

    private final ModelCamelContext camel;

    DryRun(Scratch scratch) {
        this.camel = (ModelCamelContext) scratch.camel();
    }

    void of(Map<String, Outline> outlines, Set<String> changed, Consumer<Mistake> mistakes) {
        // What the flows refer to, wherever that is.
        outlines.forEach((path, outline) -> {
            if (isShared(outline)) {
                load(outline, changed, mistakes);
            }
        });
        outlines.forEach((path, outline) -> {
            if (changed.contains(path) && !isShared(outline)) {
                load(outline, changed, mistakes);
            }
        });
    }

    private static boolean isShared(Outline outline) {
        return outline.document().entries().stream().anyMatch(entry -> SHARED.contains(entry.kind()));
    }

    private void load(Outline outline, Set<String> changed, Consumer<Mistake> mistakes) {
        FlowDocument document = outline.document();
        Set<String> before = ids();
        try {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.fromBytes(
                            document.path(), document.text().getBytes(StandardCharsets.UTF_8)));
            ModelReifierFactory reifiers = camel.getModelReifierFactory();
            for (RouteDefinition route : camel.getRouteDefinitions()) {
                if (!before.contains(route.getRouteId())) {
                    build(reifiers, route);
                }
            }
        } catch (Exception e) {
            if (changed.contains(document.path())) {
                mistakes.accept(mistake(outline, e));
            }
        }
    }

    /** With the values that it was made of a template with, if it was. */
    private void build(ModelReifierFactory reifiers, RouteDefinition route) {
        Map<String, Object> parameters = route.getTemplateParameters();
        if (parameters != null) {
            Properties values = new Properties();
            values.putAll(parameters);
            camel.getPropertiesComponent().setLocalProperties(values);
        }
        try {
            reifiers.createRoute(camel, route);
        } finally {
            camel.getPropertiesComponent().setLocalProperties(null);
        }
    }

    private Set<String> ids() {
        return camel.getRouteDefinitions().stream()
                .map(RouteDefinition::getRouteId)
                .collect(java.util.stream.Collectors.toSet());
    }

    private static Mistake mistake(Outline outline, Exception thrown) {
        FlowDocument document = outline.document();
        Throwable deepest = thrown;
        Optional<String> route = Optional.empty();
        Optional<String> uri = Optional.empty();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked) {
                Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
                return document.mistake(
                        mark.map(at -> at.getLine() + 1).orElse(0),
                        mark.map(at -> at.getColumn() + 1).orElse(0),
                        Mistake.Code.WRONG_VALUE,
                        firstLine(marked.getProblem()),
                        "");
            }
            if (cause instanceof FailedToCreateRouteException failed) {
                route = Optional.ofNullable(failed.getRouteId());
            }
            if (cause instanceof ResolveEndpointFailedException failed) {
                uri = Optional.ofNullable(failed.getUri());
            }
            deepest = cause;
        }
        String message = "Camel cannot build it: " + firstLine(deepest.getMessage());
        Optional<ScalarNode> at = uri.flatMap(wanted -> outline.all(Found.Endpoint.class)
                        .map(Found.Endpoint::uri)
                        .filter(written -> wanted.startsWith(written.getValue()))
                        .findFirst())
                .or(() -> step(outline, thrown));
        Optional<String> id = route;
        return at.map(node -> document.mistake(node, Mistake.Code.WRONG_VALUE, message, ""))
                .or(() -> document.entries().stream()
                        .filter(entry -> entry.id().equals(id.orElse(entry.id())))
                        .findFirst()
                        .map(entry ->
                                document.mistake(entry.line(), entry.column(), Mistake.Code.WRONG_VALUE, message, "")))
                .orElseGet(() -> document.mistake(0, 0, Mistake.Code.WRONG_VALUE, message, ""));
    }

    /** The step whose id Camel names. */
    private static Optional<ScalarNode> step(Outline outline, Exception thrown) {
        String text = String.valueOf(thrown.getMessage());
        return outline.all(Found.Id.class)
                .filter(id -> !id.isEntry() && text.contains(id.name().getValue()))
                .map(Found.Id::name)
                .findFirst();
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String text) {
        String line = text == null ? "no reason" : text.lines().findFirst().orElse("no reason");
        String quoted = Quoted.atLength(line);
        return quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
