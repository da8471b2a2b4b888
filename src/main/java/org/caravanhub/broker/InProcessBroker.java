package org.caravanhub.broker;

import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTSessionState;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.utils.VersionLoader;
import org.caravanhub.settings.PortTaken;
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
    private final ArtemisLog log = new ArtemisLog();
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
        OwnerOnlyFile.makeDirectory(settings.directory());
        Path directory = settings.directory().resolve("artemis");
        log.quieten();
        EmbeddedActiveMQ starting = new EmbeddedActiveMQ();
        try {
            Files.createDirectories(directory);
            SessionBook book = new SessionBook(directory.resolve("sessions"));
            starting.setConfiguration(ArtemisConfiguration.of(settings, directory));
            starting.setSecurityManager(gate);
            starting.createActiveMQServer();
            starting.getActiveMQServer().addProtocolManagerFactory(new ArtemisMqtt(book));
            starting.start();
            endPassingSessions(starting.getActiveMQServer(), book);
            Acceptor door =
                    starting.getActiveMQServer().getRemotingService().getAcceptor(ArtemisConfiguration.ACCEPTOR);
            door.start();
            FirstPacket.guard(door);
        } catch (Exception e) {
            artemis = starting;
            close();
            throw new BrokerUnavailable(
                    "The broker in the process does not start: " + e.getMessage() + ". Its files are in " + directory,
                    e);
        }
        artemis = starting;
        runningSince = clock.instant();
        LOG.info("broker=in-process version={} url={} state=running", version(), url());
    }

    /** What a kill left of sessions that should have ended with their connection. Without this their queues fill for ever. */
    private static void endPassingSessions(ActiveMQServer server, SessionBook book) throws Exception {
        MQTTStateManager sessions = MQTTStateManager.getInstance(server);
        for (MQTTSessionState session : sessions.getSessionStates().values()) {
            if (book.isLasting(session.getClientId())) {
                continue;
            }
            for (MqttTopicSubscription subscription : session.getSubscriptions()) {
                SimpleString queue = SimpleString.of(MQTTUtil.getCoreQueueFromMqttTopic(
                        subscription.topicFilter(),
                        session.getClientId(),
                        server.getConfiguration().getWildcardConfiguration()));
                // A queue of a shared subscription may have others waiting at it.
                if (!MQTTUtil.isSharedSubscription(subscription.topicFilter()) && server.locateQueue(queue) != null) {
                    server.destroyQueue(queue);
                }
            }
            sessions.removeSessionState(session.getClientId());
        }
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
        log.closing();
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
