package org.caravanhub.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;

/** How Artemis is set up: durable before it acknowledges, small, and with nothing open but the MQTT port. */
final class ArtemisConfiguration {
    /** The name of the one door. */
    static final String ACCEPTOR = "mqtt";

    private static final int KB = 1024;
    private static final int MB = 1024 * KB;

    private ArtemisConfiguration() {}

    static Configuration of(BrokerSettings settings, Path directory) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("caravan")
                .setPersistenceEnabled(true)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                // With a lock of its own a second broker on the same files would wait for ever.
                .setJournalLockAcquisitionTimeout(5_000)
                .addAcceptorConfiguration(acceptor(settings))
                .addAddressSetting("#", addresses());
        durable(configuration);
        closed(configuration);
        small(configuration);
        return configuration;
    }

    private static TransportConfiguration acceptor(BrokerSettings settings) {
        Map<String, Object> transport = Map.of(
                "host",
                settings.bindAddress(),
                "port",
                settings.port(),
                "protocols",
                "MQTT",
                "useEpoll",
                false, // no native library for a few hundred connections
                "remotingThreads",
                2,
                "connectionsAllowed",
                1000);
        int sessionSeconds = BrokerSettings.SESSION_DAYS * 24 * 3600;
        Map<String, Object> mqtt = Map.of(
                "maximumPacketSize",
                BrokerSettings.MAX_PACKET_BYTES,
                "serverKeepAlive",
                300,
                "defaultMqttSessionExpiryInterval",
                sessionSeconds,
                "defaultMaximumInFlightPublishMessages",
                20,
                // As Mosquitto does: a refused message is dropped, the client stays connected.
                "closeMqttConnectionOnPublishAuthorizationFailure",
                false);
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), transport, ACCEPTOR, mqtt);
    }

    private static void durable(Configuration configuration) {
        configuration
                .setJournalType(JournalType.NIO) // needs no native library
                .setJournalDatasync(true)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setLargeMessageSync(true)
                // Producers wait while the disk has less; a full disk would stop the broker.
                .setMinDiskFree(64L * MB);
    }

    private static void closed(Configuration configuration) {
        configuration
                .setSecurityEnabled(true)
                // Nobody knows these: the defaults are printed in Artemis' manual, and may do everything.
                .setClusterUser(UUID.randomUUID().toString())
                .setClusterPassword(UUID.randomUUID().toString())
                .setManagementAddress(SimpleString.of("$management-" + UUID.randomUUID()))
                .setManagementNotificationAddress(SimpleString.of("$notification-" + UUID.randomUUID()))
                .setSuppressSessionNotifications(true)
                // Our gate is asked every time, so that a change of accounts holds at once.
                .setAuthenticationCacheSize(0)
                .setAuthorizationCacheSize(0)
                .setResolveProtocols(false)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false);
    }

    private static void small(Configuration configuration) {
        configuration
                .setThreadPoolMaxSize(8)
                .setScheduledThreadPoolMaxSize(2)
                .setJournalFileSize(2 * MB)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(4)
                .setGlobalMaxSize(16L * MB)
                .setMemoryMeasureInterval(-1)
                .setCriticalAnalyzer(false);
    }

    private static AddressSettings addresses() {
        return new AddressSettings()
                .setAutoCreateAddresses(true)
                .setAutoDeleteAddresses(true)
                // A message that a client did not acknowledge in ten connections is not lost for it.
                .setMaxDeliveryAttempts(-1)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setPageSizeBytes(MB)
                .setMaxReadPageBytes(2 * MB)
                .setPrefetchPageBytes(MB)
                .setPageLimitBytes(256L * MB)
                // Past that, publishers get no acknowledgement; dropping would break the promise.
                .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL);
    }
}
