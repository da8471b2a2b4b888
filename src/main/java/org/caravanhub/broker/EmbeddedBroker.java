package org.caravanhub.broker;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The broker that the hub brings along. It enforces {@link Account}s and takes nobody else. May be shared by threads.
 */
public sealed interface EmbeddedBroker extends AutoCloseable permits MosquittoChild, InProcessBroker {
    /**
     * Chooses a broker; it is not started.
     *
     * @return empty if the setting is {@code off}
     * @throws BrokerUnavailable if Mosquitto is asked for and not found
     */
    static Optional<EmbeddedBroker> choose(BrokerSettings asked, Clock clock) {
        BrokerSettings settings = asked.withPort();
        return switch (settings.kind()) {
            case OFF -> Optional.empty();
            case IN_PROCESS -> Optional.of(new InProcessBroker(settings, clock));
            case MOSQUITTO ->
                Optional.of(
                        MosquittoProgram.find()
                                .map(program -> new MosquittoChild(program, settings, clock))
                                .orElseThrow(
                                        () -> new BrokerUnavailable(
                                                "No mosquitto program of version 2.0 or newer is on PATH, in /usr/sbin or /usr/local/sbin."
                                                        + " Install it (apt-get install mosquitto), or set caravan.broker=in-process.")));
            case AUTO ->
                Optional.of(MosquittoProgram.find()
                        .<EmbeddedBroker>map(program -> new MosquittoChild(program, settings, clock))
                        .orElseGet(() -> new InProcessBroker(settings, clock)));
        };
    }

    /**
     * Starts, and returns when clients can connect.
     *
     * @param accounts who may connect; every other client is refused
     * @throws org.caravanhub.settings.PortTaken if another process listens on the port
     * @throws BrokerUnavailable if it cannot run for another reason
     */
    void start(Collection<Account> accounts);

    /**
     * Replaces the accounts within 2 seconds, without a restart. Connections of accounts that are gone, or have another
     * password, are closed; those of others stay. With sessions of an
     * earlier run, Mosquitto does so once the hub has subscribed again, which {@link #saveState} tells; after it ended by itself, within 12
     * seconds.
     */
    void update(Collection<Account> accounts);

    /** Where the hub connects, for example {@code tcp://127.0.0.1:1883}. */
    String url();

    /** What it is, for people. */
    Description describe();

    /** How it does. */
    State state();

    /**
     * Writes sessions and queues to disk now, where the broker does not do so with every message. Called once the hub has subscribed: from
     * then on accounts can change without harm to what waits for it.
     */
    void saveState();

    /** Stops within 5 seconds. Sessions and what waits in them are kept. Stopping twice is safe. */
    @Override
    void close();

    /**
     * What the broker is.
     *
     * @param kind {@code mosquitto} or {@code in-process}
     * @param version of the program
     * @param pid of its process: the hub's own for the broker in the process; 0 while there is none
     */
    record Description(String kind, String version, long pid) {}

    /**
     * How the broker does.
     *
     * @param runningSince since when it runs without a break; empty while it does not
     * @param restarts how often it was started again since the hub started
     * @param lastExit how it ended last, if it did
     */
    record State(Optional<Instant> runningSince, int restarts, Optional<String> lastExit) {}
}
