package org.caravanhub.rehearsal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.DefaultErrorHandlerBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravanhub.exchange.Notes;
import org.caravanhub.exchange.Shown;
import org.caravanhub.flow.check.Allowed;
import org.caravanhub.flow.check.Fence;
import org.caravanhub.flow.check.FileRule;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Outcome;
import org.caravanhub.store.RehearsedIntake;
import org.caravanhub.store.StoreComponent;
import org.jspecify.annotations.Nullable;

/** A Camel context of its own in which a flow is played; nothing in it reaches out. For one rehearsal at a time. */
final class Stage implements AutoCloseable {
    /** What only moves messages about; beans that act are left out by {@link RehearsedStep}. */
    private static final Set<String> HARMLESS = Set.of("direct");

    private static final String SECRET = "secret";
    /** Nothing is read or written in a rehearsal, so that this folder is only named. */
    private static final FileRule NO_FILES = new FileRule(Path.of("files"));

    private final Script script;
    private final CamelContext hub;
    private final CamelContext camel;
    private volatile Recording recording = new Recording();

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if a file is wrong, with the reason
     */
    Stage(
            Script script,
            CamelContext hub,
            Predicate<String> decides,
            Function<Message, java.util.List<Outcome>> decoder,
            Shown shown) {
        this.script = script;
        this.hub = hub;
        OffStage beans = new OffStage(hub.getRegistry(), decides);
        DefaultCamelContext made = new DefaultCamelContext(new DefaultRegistry(beans));
        this.camel = made;
        made.setSourceLocationEnabled(true);
        made.getShutdownStrategy().setTimeout(1);
        made.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        // What fails here is told in the result, and is no line in the log of the hub.
        made.getCamelContextExtension().setErrorHandlerFactory(new DefaultErrorHandlerBuilder().logExhausted(false));
        // A file that is only tried may use no more than one that runs.
        Fence.around(made, NO_FILES, sharedFunctions());
        shareSettings(made.getPropertiesComponent());
        Telling telling = new Telling(shown);
        StoreComponent store = new StoreComponent(new RehearsedIntake(outcomes -> recording.keep(outcomes)), decoder);
        ComponentResolver usual = made.getCamelContextExtension().getContextPlugin(ComponentResolver.class);
        made.getCamelContextExtension()
                .addContextPlugin(
                        ComponentResolver.class, (name, context) -> component(name, context, usual, telling, store));
        made.getCamelContextExtension()
                .addInterceptStrategy((context, node, target, next) -> new RehearsedStep(node, target, shown, decides));
        try {
            made.start();
            for (Map.Entry<String, byte[]> file : script.files().entrySet()) {
                PluginHelper.getRoutesLoader(made).loadRoutes(ResourceHelper.fromBytes(file.getKey(), file.getValue()));
            }
            beans.built();
        } catch (Exception e) {
            close();
            throw new IllegalArgumentException(Reason.of(e), e);
        }
    }

    boolean plays(Script other) {
        return script.isSame(other);
    }

    /**
     * Plays a flow with a message.
     *
     * @throws IllegalArgumentException if it does not begin with a message
     */
    Optional<String> play(String flow, Message message, Recording notes) throws Exception {
        Route route = camel.getRoute(flow);
        if (route == null) {
            throw new IllegalArgumentException("there is no flow with this id");
        }
        recording = notes;
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.getExchangeExtension().setFromRouteId(flow);
        exchange.setProperty(RehearsedStep.RECORDING, notes);
        enter(exchange, route.getEndpoint().getEndpointUri(), message);
        org.apache.camel.support.AsyncProcessorConverterHelper.convert(route.getProcessor())
                .process(exchange);
        Throwable thrown = exchange.getException();
        return Optional.ofNullable(thrown).map(Reason::of);
    }

    private void enter(Exchange exchange, String uri, Message message) throws Exception {
        String scheme = uri.substring(0, Math.max(0, uri.indexOf(':')));
        Optional<org.caravanhub.exchange.Entrance> entrance = entrance(scheme, uri);
        if (entrance.isPresent()) {
            entrance.get().fill(exchange, java.util.List.of(message));
        } else if (scheme.equals("direct") || scheme.equals("seda")) {
            exchange.getMessage().setBody(message.payload());
            exchange.setProperty(Notes.MESSAGES, java.util.List.of(message));
        } else if (Set.of("quartz", "timer", "scheduler", "every").contains(scheme)) {
            exchange.getMessage()
                    .setHeader(Exchange.MESSAGE_TIMESTAMP, message.receivedAt().toEpochMilli());
        } else {
            throw new IllegalArgumentException(
                    "it begins with " + scheme + ": and not with a message, so it cannot be tried with one");
        }
    }

    /** The hub's own component tells how its messages enter; making an endpoint opens nothing. */
    private Optional<org.caravanhub.exchange.Entrance> entrance(String scheme, String uri) throws Exception {
        Component component = hub.hasComponent(scheme);
        if (component == null) {
            return Optional.empty();
        }
        Endpoint endpoint = component.createEndpoint(uri);
        return endpoint instanceof org.caravanhub.exchange.Entrance found ? Optional.of(found) : Optional.empty();
    }

    private static @Nullable Component component(
            String name, CamelContext context, ComponentResolver usual, Telling telling, StoreComponent store)
            throws Exception {
        if (HARMLESS.contains(name) || !Allowed.COMPONENTS.contains(name)) {
            return usual.resolveComponent(name, context);
        }
        InertComponent inert = new InertComponent(name, telling, name.equals("store") ? store : null);
        inert.setCamelContext(context);
        return inert;
    }

    private void shareSettings(PropertiesComponent properties) {
        // Not asked one by one: the hub answers none while a step runs, and a rehearsal may be one.
        Properties ours = hub.getPropertiesComponent().loadProperties();
        properties.addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "hub";
            }

            @Override
            public @Nullable String getProperty(String name) {
                return ours.getProperty(name);
            }
        });
    }

    private Map<String, UnaryOperator<String>> sharedFunctions() {
        PropertiesComponent ours = hub.getPropertiesComponent();
        PropertiesFunction secret = ours.hasPropertiesFunction(SECRET) ? ours.getPropertiesFunction(SECRET) : null;
        return secret == null ? Map.of() : Map.of(SECRET, secret::apply);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
