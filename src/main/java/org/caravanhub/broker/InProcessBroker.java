package org.caravanhub.broker;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.utils.VersionLoader;
import org.caravanhub.PortTaken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT 3.1.1 and 5 broker inside the hub's process (ActiveMQ Artemis), for a machine without Mosquitto. What it has
 * acknowledged is on disk before, so a kill of the process loses nothing. No other class names Artemis in a way that
 * loads it: with Mosquitto it costs no memory.
 */
public final class InProcessBroker implements EmbeddedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(InProcessBroker.class);

    private final BrokerSettings settings;
    private final Clock clock;
    private final AccountGate gate = new AccountGate();
    private @Nullable EmbeddedActiveMQ artemis;
    private @Nullable Instant runningSince;

    InProcessBroker(BrokerSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public synchronized void start(Collection<Account> accounts) {
        PortTaken.check(settings.bindAddress(), settings.port(), BrokerSettings.PORT_OPTION);
        gate.replace(accounts);
        new MosquittoFiles(settings).prepare();
        Path directory = settings.directory().resolve("artemis");
        EmbeddedActiveMQ starting = new EmbeddedActiveMQ();
        try {
            starting.setConfiguration(ArtemisConfiguration.of(settings, directory));
            starting.setSecurityManager(gate);
            starting.createActiveMQServer();
            starting.getActiveMQServer().addProtocolManagerFactory(new ArtemisMqtt());
            starting.start();
        } catch (Exception e) {
            throw new BrokerUnavailable(
                    "The broker in the process does not start: " + e.getMessage() + ". Its files are in " + directory,
                    e);
        }
        artemis = starting;
        runningSince = clock.instant();
        LOG.info("broker=in-process version={} url={} state=running", version(), url());
    }

    @Override
    public synchronized void update(Collection<Account> accounts) {
        Set<String> gone = gate.replace(accounts);
        if (artemis == null || gone.isEmpty()) {
            return;
        }
        for (ServerSession session : artemis.getActiveMQServer().getSessions()) {
            if (gone.contains(session.getUsername())) {
                session.getRemotingConnection().fail(new ActiveMQDisconnectedException("its account changed"));
            }
        }
    }

    @Override
    public String url() {
        return settings.url();
    }

    @Override
    public Description describe() {
        return new Description("in-process", version(), ProcessHandle.current().pid());
    }

    private static String version() {
        return "Artemis " + VersionLoader.getVersion().getFullVersion();
    }

    @Override
    public synchronized State state() {
        return new State(Optional.ofNullable(runningSince), 0, Optional.empty());
    }

    @Override
    public void saveState() {
        // Nothing to do: each message is on disk before it is acknowledged.
    }

    @Override
    public synchronized void close() {
        if (artemis == null) {
            return;
        }
        try {
            artemis.stop();
        } catch (Exception e) {
            // What was acknowledged is on disk already.
            LOG.warn("broker=in-process state=stopped reason=\"it did not stop cleanly\"", e);
        }
        artemis = null;
        runningSince = null;
    }
}
