package org.caravanhub.flow.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.caravanhub.flow.FlowFile;
import org.caravanhub.flow.FlowState;
import org.jspecify.annotations.Nullable;

/** Every flow with its state, its figures and its picture: what is known of files, what Camel runs, and what was watched, together. */
public final class FlowBoard {
    private static final String ENDING = ".camel.yaml";

    private final FlowWatch watch;
    private final Supplier<List<FlowFile>> files;
    private final Predicate<String> isPaused;

    /**
     * A board of the flows that are watched.
     *
     * @param files every flow file, and what is wrong with it
     * @param isPaused whether somebody has paused the flow with this id
     */
    public FlowBoard(FlowWatch watch, Supplier<List<FlowFile>> files, Predicate<String> isPaused) {
        this.watch = watch;
        this.files = files;
        this.isPaused = isPaused;
    }

    /** All flows, in order of id. */
    public List<FlowView> list() {
        Map<String, String> problems = problems();
        List<FlowView> all = new ArrayList<>();
        for (RouteDefinition route : watch.watched()
                .map(FlowBoard::model)
                .map(Model::getRouteDefinitions)
                .orElse(List.of())) {
            String file = file(route);
            all.add(view(route, file, Optional.ofNullable(problems.get(file))));
        }
        List<String> known = all.stream().map(FlowView::file).toList();
        problems.forEach((file, problem) -> {
            if (!known.contains(file)) {
                all.add(stopped(file, problem));
            }
        });
        all.sort(Comparator.comparing(FlowView::id));
        return List.copyOf(all);
    }

    /** One flow; nothing if there is none of this id. */
    public Optional<FlowView> find(String id) {
        RouteDefinition route = definition(id);
        if (route == null) {
            return list().stream().filter(flow -> flow.id().equals(id)).findFirst();
        }
        String file = file(route);
        return Optional.of(view(route, file, Optional.ofNullable(problems().get(file))));
    }

    /** How a flow is built; nothing if no version of it runs. */
    public Optional<Picture> picture(String id) {
        return Optional.ofNullable(definition(id)).map(PictureReader::read);
    }

    /** The ids of all flows that are failing now. */
    public List<String> failing() {
        return watch.failing();
    }

    private FlowView view(RouteDefinition route, String file, Optional<String> problem) {
        String id = route.getRouteId();
        Optional<FlowFigures> figures = watch.figures(id);
        return new FlowView(
                id,
                state(id, problem.isPresent(), figures),
                text(route.getDescriptionText()),
                text(route.getGroup()),
                file,
                Math.max(0, route.getLineNumber()),
                PictureReader.label(route.getInput().getEndpointUri()),
                problem,
                figures);
    }

    private FlowState state(String id, boolean isRejected, Optional<FlowFigures> figures) {
        if (isPaused.test(id)) {
            return FlowState.PAUSED;
        }
        if (!watch.watched()
                .map(camel -> camel.getRouteController().getRouteStatus(id))
                .filter(ServiceStatus::isStarted)
                .isPresent()) {
            return FlowState.STOPPED;
        }
        if (figures.filter(FlowFigures::isFailing).isPresent()) {
            return FlowState.FAILING;
        }
        return isRejected ? FlowState.REJECTED : FlowState.RUNNING;
    }

    private static FlowView stopped(String file, String problem) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        String id = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        String group = file.contains("/") ? file.substring(0, file.indexOf('/')) : "";
        return new FlowView(id, FlowState.STOPPED, "", group, file, 0, "", Optional.of(problem), Optional.empty());
    }

    private Map<String, String> problems() {
        Map<String, String> problems = new HashMap<>();
        for (FlowFile file : files.get()) {
            file.problem().ifPresent(problem -> problems.put(file.path(), problem));
        }
        return problems;
    }

    private static String file(RouteDefinition route) {
        Resource resource = route.getResource();
        String location = resource == null ? route.getLocation() : resource.getLocation();
        return location == null ? "" : location.substring(location.indexOf(':') + 1);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private @Nullable RouteDefinition definition(String id) {
        return watch.watched().map(camel -> model(camel).getRouteDefinition(id)).orElse(null);
    }

    private static Model model(CamelContext camel) {
        return camel.getCamelContextExtension().getContextPlugin(Model.class);
    }
}
