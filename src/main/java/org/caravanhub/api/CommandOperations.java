package org.caravanhub.api;

import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.caravanhub.clock.HubClock;
import org.caravanhub.command.Addressee;
import org.caravanhub.command.ConfigurationPublisher;
import org.caravanhub.command.Courier;
import org.caravanhub.command.DesiredConfiguration;
import org.caravanhub.command.NoWay;
import org.caravanhub.command.Wording;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.http.EventStream;
import org.caravanhub.store.AnnouncementQueries;
import org.caravanhub.store.Changes;
import org.caravanhub.store.Commands;
import org.caravanhub.store.Configurations;
import org.caravanhub.store.Queries;

/** Commands and configurations of devices, put together: what brings them, and the names by which flows call it. */
public final class CommandOperations implements RegistryListener, AutoCloseable {
    /** Twenty may be open; of those asked for later, some may have ended before them. */
    private static final int MOST_TOLD = 100;

    private final Commands commands;
    private final Courier courier;
    private final Configurations configurations;
    private final ConfigurationPublisher publisher;
    private volatile boolean isStarted;

    /**
     * What a hub gives to it.
     *
     * @param secrets secrets of the hub by name; throws {@link IllegalArgumentException} if there is none
     * @param toConfirm names of commands, separated by commas, that are sent only if whoever asks says that they mean it
     * @param isPublishing whether the broker can be reached now
     * @param nanos time that nobody can set, {@code System::nanoTime}
     */
    public record Surroundings(
            Whereabouts whereabouts,
            UnaryOperator<String> secrets,
            String toConfirm,
            BooleanSupplier isPublishing,
            EventStream events,
            HubClock hubClock,
            Clock clock,
            LongSupplier nanos) {}

    /** Binds the beans; before the routes are loaded. */
    public CommandOperations(CamelContext camel, Changes changes, Queries queries, Surroundings hub) {
        Clock clock = hub.clock();
        this.commands = new Commands(changes, queries);
        this.courier = new Courier(
                commands,
                hub.whereabouts(),
                new FlowPost(camel.createProducerTemplate(), hub.isPublishing()),
                command -> hub.events().tell("command", command.device(), CommandJson.of(command)),
                hub.hubClock(),
                hub.nanos());
        this.configurations = new Configurations(changes, queries);
        this.publisher = new ConfigurationPublisher(
                configurations, new ConfigurationOutlet(camel.createProducerTemplate()), hub.nanos());
        Wording wording = Wording.with(hub.secrets());
        Set<String> toConfirm = Arrays.stream(hub.toConfirm().split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .map(Wording::plain)
                .collect(Collectors.toSet());
        camel.getRegistry().bind("commandApi", new CommandApi(commands, courier, wording, toConfirm, clock));
        camel.getRegistry()
                .bind(
                        "configurationApi",
                        new ConfigurationApi(
                                configurations, commands, new AnnouncementQueries(queries), publisher, clock));
        camel.getRegistry().bind("commandFlows", new CommandFlows(commands, courier, wording, clock));
    }

    /** Begins to bring what waits; when the flows run. */
    public void start() {
        isStarted = true;
        courier.start();
        publisher.reached();
    }

    /** The broker can be published to again, and may have forgotten what it kept. Quick; nothing before the start. */
    public void reached() {
        if (isStarted) {
            publisher.reached();
        }
    }

    /** Lets it see at once that time has passed. */
    void look() {
        courier.look();
    }

    @Override
    public void changed(String device) {
        Optional<DesiredConfiguration> desired = configurations.desired(device).filter(one -> !one.isWithdrawn());
        if (desired.isEmpty()) {
            return;
        }
        try {
            Optional<Addressee> now = commands.addressee(device);
            if (now.isPresent() && configurations.move(device, now.get().configurationTopic())) {
                publisher.changed(device);
                publisher.changed(Configurations.leftover(device, desired.get().topic()));
            }
        } catch (NoWay e) {
            // It is not known where it would go, so it stays where it is.
        }
    }

    /** Its open commands have ended with its registration, in one transaction; whoever waits for them is told. */
    @Override
    public void removed(String device) {
        commands.page(device, Long.MAX_VALUE, "", MOST_TOLD).stream()
                .filter(command -> !command.state().isOpen() && courier.isUnderWay(command))
                .forEach(courier::changed);
        configurations.withdraw(device);
        publisher.changed(device);
    }

    @Override
    public void close() throws InterruptedException {
        courier.close();
        publisher.close();
    }
}
