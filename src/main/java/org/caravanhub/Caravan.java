package org.caravanhub;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.EmbeddedBroker;
import org.caravanhub.flow.FlowFile;
import org.caravanhub.flow.FlowFiles;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.reading.Decoder;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub: starts its parts in the order in which they need each other, and stops them the other way round. */
public final class Caravan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Caravan.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private Optional<EmbeddedBroker> broker = Optional.empty();
    private List<FlowFile> flows = List.of();

    private Caravan() {}

    /**
     * Starts the hub and returns when it takes messages and answers.
     *
     * @param settings what was configured
     * @param devices who may connect to the embedded broker besides the hub
     * @throws RuntimeException naming what is wrong and what to do; whatever had been started is stopped then
     */
    public static Caravan start(Settings settings, List<Account> devices) throws Exception {
        Caravan hub = new Caravan();
        try {
            hub.startParts(new Wiring(settings, Clock.systemUTC()), devices);
            return hub;
        } catch (Throwable e) {
            hub.close();
            throw e;
        }
    }

    /** The broker that came along; none if it is elsewhere. */
    public Optional<EmbeddedBroker> broker() {
        return broker;
    }

    /** The flow files, in order of loading. */
    public List<FlowFile> flows() {
        return flows;
    }

    private void startParts(Wiring wiring, List<Account> devices) throws Exception {
        Database database = keep(wiring.database());
        GroupCommit writer = keep(wiring.writer(database));
        broker = wiring.broker();
        Wiring.HubCredential credential = wiring.hubCredential();
        if (broker.isPresent()) {
            keep(broker.get()).start(wiring.accounts(credential, devices));
        }
        MqttComponent mqtt = wiring.mqtt(broker, credential);
        Decoder httpIngest = wiring.httpIngest();

        Main main = wiring.camel();
        keep(main::stop);
        main.start();
        CamelContext camel = main.getCamelContext();
        camel.addComponent("mqtt", mqtt);
        camel.addComponent("store", wiring.store(writer, httpIngest));
        wiring.bindDecoders(camel, httpIngest);
        FlowFiles files = wiring.flows();
        files.loadInto(camel);
        flows = files.loaded();
        broker.ifPresent(EmbeddedBroker::saveState);
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    /** Takes nothing more, finishes and commits what is at hand, and stops, within eight seconds. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("stop=failed part={} reason=\"{}\"", part.getClass().getSimpleName(), e.getMessage());
            }
        }
    }
}
