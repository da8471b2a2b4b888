package org.caravanhub.mqtt;

import io.netty.channel.EventLoop;
import io.netty.channel.MultithreadEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code mqtt:}. What is set here is the default of its endpoints, so that routes only name the topic. All its
 * connections share one thread for input and output; producers with the same broker and user share one connection.
 */
@Component("mqtt")
public final class MqttComponent extends DefaultComponent {
    private static final long DRAIN_MS = 5_000;
    /** Of one flow alone; less than Camel waits, so that the goodbye is still said. */
    private static final long DRAIN_ALONE_MS = 4_000;

    @Metadata(
            label = "common",
            defaultValue = "tcp://127.0.0.1:1883",
            description = "Where the broker is: tcp://HOST:PORT or ssl://HOST:PORT.")
    private String brokerUrl = "tcp://127.0.0.1:1883";

    @Metadata(label = "common", enums = "5,3.1.1", defaultValue = "5", description = "Version of the protocol.")
    private String mqttVersion = "5";

    @Metadata(
            label = "common",
            defaultValue = "caravan-",
            description =
                    "Begins the client ids that are made of the route's id; two processes at one broker need two.")
    private String clientIdPrefix = "caravan-";

    @Metadata(label = "security", secret = true, description = "User name.")
    private @Nullable String userName;

    @Metadata(label = "security", secret = true, description = "Password.")
    private @Nullable String password;

    @Metadata(
            label = "security",
            description = "PEM file with the certificates to trust with ssl://; without it, those that Java trusts.")
    private @Nullable String trustCertificates;

    @Metadata(
            label = "security",
            description = "TLS with everything, client certificate included. Wins over trustCertificates.")
    private @Nullable SSLContextParameters sslContextParameters;

    @Metadata(
            label = "consumer",
            defaultValue = "store:quarantine",
            description = "Where a message goes that fails; it is acknowledged when that is done.")
    private String deadLetter = "store:quarantine";

    private final Clock clock;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Sessions sessions;
    private final List<Runnable> whenPublishing = new CopyOnWriteArrayList<>();
    private final Map<String, MqttPublisher> publishers = new HashMap<>();
    private @Nullable MultithreadEventLoopGroup loops;
    private long drainUntilNanos;

    /** For Camel, which makes components by name. */
    public MqttComponent() {
        this(Clock.systemUTC());
    }

    public MqttComponent(Clock clock) {
        this.clock = clock;
        this.sessions = new Sessions(this::loop, clock, subscriptions);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String topic, Map<String, Object> parameters) throws Exception {
        MqttConfiguration configuration = new MqttConfiguration();
        MqttEndpoint endpoint = new MqttEndpoint(uri, this, topic, configuration);
        setProperties(endpoint, parameters);
        endpoint.check();
        return endpoint;
    }

    /** How each running consumer is doing, ordered by flow: for health and metrics. */
    public List<ConsumerState> states() {
        return subscriptions.states();
    }

    /** Whether anything that is published can come: at least one consumer is subscribed, or there is none. */
    public boolean hears() {
        return subscriptions.anySubscribed();
    }

    /**
     * How long ago a consumer was connected again to a session that the broker had kept: what comes in the first seconds may have waited
     * there. A day or more if that never happened.
     */
    public Duration sinceResumed() {
        return subscriptions.sinceResumed();
    }

    /**
     * Ends the sessions that stopped consumers have left at their brokers, as soon as those can be reached: what waits there, and what
     * would still come, is forgotten.
     *
     * @param stays whether the flow of this id comes back; then its session is kept
     */
    public void endSessions(Predicate<String> stays) {
        sessions.endAllBut(stays);
    }

    /** How many sessions are still to be ended. */
    public int endingSessions() {
        return sessions.ending();
    }

    /** A consumer has stopped; the broker keeps its session. */
    void left(MqttSubscriber subscriber) {
        sessions.left(subscriber.flow(), subscriber.settings());
    }

    BrokerUrl brokerUrl(MqttConfiguration configuration) {
        return BrokerUrl.parse(either(configuration.getBrokerUrl(), brokerUrl));
    }

    /** The way in that all take who say nothing else. */
    public Door door() {
        return new Door(BrokerUrl.parse(brokerUrl), userName, password, trustCertificates, clientIdPrefix);
    }

    /** A client that keeps its session, for one consumer. */
    MqttSubscriber subscriber(MqttEndpoint endpoint, String flow) throws GeneralSecurityException, IOException {
        MqttSettings settings = settings(
                endpoint.getConfiguration(),
                either(endpoint.getConfiguration().getClientId(), clientIdPrefix + flow),
                endpoint.isCleanStart(),
                endpoint.getSessionExpiryInterval(),
                endpoint.getReceiveMaximum());
        sessions.taken(settings);
        return new MqttSubscriber(endpoint.wish(flow), settings, loop(), clock, subscriptions);
    }

    /** The connection that producers with this configuration share; made at first use. */
    synchronized MqttPublisher publisher(MqttConfiguration configuration) throws GeneralSecurityException, IOException {
        String clientId = configuration.getClientId();
        String key = publisherKey(configuration);
        MqttPublisher publisher = publishers.get(key);
        if (publisher == null) {
            String id = either(
                    clientId,
                    clientIdPrefix + "publish-"
                            + Long.toHexString(ThreadLocalRandom.current().nextLong()));
            boolean isOwn = key.equals(publisherKey(new MqttConfiguration()));
            publisher = new MqttPublisher(
                    settings(configuration, id, true, 0, 65_535), loop(), clock, isOwn ? this::connected : () -> {});
            publishers.put(key, publisher);
            publisher.start();
        }
        return publisher;
    }

    private String publisherKey(MqttConfiguration configuration) {
        return brokerUrl(configuration) + " " + either(configuration.getUserName(), either(userName, "")) + " "
                + either(configuration.getClientId(), "");
    }

    /** Whether what is published now reaches the component's broker; false before anything publishes to it. */
    public synchronized boolean isPublishing() {
        MqttPublisher publisher = publishers.get(publisherKey(new MqttConfiguration()));
        return publisher != null && publisher.status().connected();
    }

    /** Tells from now on whenever the component's broker can be published to again; on a thread that must not be kept waiting. */
    public void whenPublishing(Runnable listener) {
        whenPublishing.add(listener);
    }

    private void connected() {
        whenPublishing.forEach(Runnable::run);
    }

    private MqttSettings settings(
            MqttConfiguration configuration,
            String clientId,
            boolean cleanStart,
            long sessionExpirySeconds,
            int receiveMaximum)
            throws GeneralSecurityException, IOException {
        SSLContextParameters parameters = configuration.getSslContextParameters();
        if (parameters == null) {
            parameters = sslContextParameters;
        }
        String version = either(configuration.getMqttVersion(), mqttVersion);
        if (!version.equals("5") && !version.equals("3.1.1")) {
            throw new IllegalArgumentException("mqttVersion is \"" + version + "\"; it must be 5 or 3.1.1.");
        }
        String ownUser = configuration.getUserName();
        return new MqttSettings(
                brokerUrl(configuration),
                version.equals("5"),
                clientId,
                ownUser == null ? userName : ownUser,
                // A password belongs to its user name.
                ownUser == null ? password : configuration.getPassword(),
                cleanStart,
                sessionExpirySeconds,
                receiveMaximum,
                configuration.getKeepAliveInterval(),
                configuration.getConnectionTimeout(),
                configuration.will(),
                new Tls(
                        configuration.getTrustCertificates() == null
                                ? trustCertificates
                                : configuration.getTrustCertificates(),
                        parameters == null ? null : parameters.createSSLContext(getCamelContext())));
    }

    /** How long a consumer that stops may wait for its exchanges. When all stop, they share the time. */
    synchronized long drainMillis() {
        if (!getCamelContext().isStopping()) {
            return DRAIN_ALONE_MS;
        }
        if (drainUntilNanos == 0) {
            drainUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MS);
        }
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(drainUntilNanos - System.nanoTime()));
    }

    private synchronized EventLoop loop() {
        if (loops == null) {
            loops = new NioEventLoopGroup(1, new DefaultThreadFactory("mqtt-io", true));
        }
        return loops.next();
    }

    @Override
    protected synchronized void doStop() throws Exception {
        super.doStop();
        sessions.stop();
        publishers.values().forEach(MqttPublisher::stop);
        publishers.clear();
        if (loops != null) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            loops = null;
        }
        drainUntilNanos = 0;
    }

    private static String either(@Nullable String first, String second) {
        return first == null ? second : first;
    }

    public String getBrokerUrl() {
        return brokerUrl;
    }

    public void setBrokerUrl(String brokerUrl) {
        this.brokerUrl = brokerUrl;
    }

    public String getMqttVersion() {
        return mqttVersion;
    }

    public void setMqttVersion(String mqttVersion) {
        this.mqttVersion = mqttVersion;
    }

    public String getClientIdPrefix() {
        return clientIdPrefix;
    }

    public void setClientIdPrefix(String clientIdPrefix) {
        this.clientIdPrefix = clientIdPrefix;
    }

    public @Nullable String getUserName() {
        return userName;
    }

    public void setUserName(@Nullable String userName) {
        this.userName = userName;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    public @Nullable String getTrustCertificates() {
        return trustCertificates;
    }

    public void setTrustCertificates(@Nullable String trustCertificates) {
        this.trustCertificates = trustCertificates;
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getDeadLetter() {
        return deadLetter;
    }

    public void setDeadLetter(String deadLetter) {
        this.deadLetter = deadLetter;
    }
}
