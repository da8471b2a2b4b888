package org.caravanhub.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;

/** Flows in a folder of their own, in a Camel that has nothing else; each start of a route is counted. */
final class TestFlows implements AutoCloseable {
    Path routes;
    final Path data;
    final List<FlowChange> changes = new CopyOnWriteArrayList<>();
    final AtomicInteger checks = new AtomicInteger();
    DefaultCamelContext camel = new DefaultCamelContext();
    Flows flows;
    Hub hub = Hub.NONE;
    private final Set<String> optional;
    private String program = "1";

    TestFlows(Path folder, String... optional) throws IOException {
        this.routes = Files.createDirectories(folder.resolve("routes"));
        this.data = folder.resolve("flows");
        this.optional = Set.of(optional);
        this.flows = new Flows(settings());
    }

    private Flows.Settings settings() {
        FlowCheck small = new SmallCheck();
        FlowCheck counting = (files, changed) -> {
            checks.incrementAndGet();
            return small.check(files, changed);
        };
        return new Flows.Settings(routes, optional, data, program, counting, Clock.systemUTC());
    }

    TestFlows start() {
        camel.start();
        flows.start(camel, hub, changes::add);
        flows.watch();
        return this;
    }

    /** As another process would, of this version of the program. */
    TestFlows restart(String version) {
        close();
        program = version;
        camel = new DefaultCamelContext();
        flows = new Flows(settings());
        changes.clear();
        checks.set(0);
        return start();
    }

    /** From the next start on the flows are elsewhere. */
    void moveTo(Path folder) {
        routes = folder;
    }

    TestFlows restart() {
        return restart(program);
    }

    Path write(String path, String text) throws IOException {
        Path file = routes.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** A flow from {@code direct:} of its id that answers with this. */
    static String flow(String id, String answer) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - setBody:
                            id: answer-%s
                            expression:
                              constant:
                                expression: %s
                """.formatted(id, id, id, answer);
    }

    /** What a flow answers; empty if there is no such flow. */
    String ask(String id) {
        if (camel.getRoute(id) == null
                || !camel.getRouteController().getRouteStatus(id).isStarted()) {
            return "";
        }
        try (var template = camel.createProducerTemplate()) {
            return template.requestBody("direct:" + id, "", String.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it is so, and until the change that made it so is over. */
    void await(String what, BooleanSupplier isSo) {
        Await.until(what, Duration.ofSeconds(10), isSo);
        flows.lookNow();
    }

    /** The object that a flow is at the moment: another one after it was started anew. */
    Route route(String id) {
        return camel.getRoute(id);
    }

    FlowFile.State state(String path) {
        return flows.file(path).orElseThrow().state();
    }

    List<String> mistakes() {
        return flows.files().stream()
                .flatMap(file -> file.mistakes().stream())
                .map(Mistake::text)
                .toList();
    }

    @Override
    public void close() {
        flows.close();
        camel.stop();
    }
}
