package org.caravanhub.demo;

import java.util.List;

/** Devices inside the process. The hub asks for their credentials before its broker starts, and starts them when all runs. */
public interface EmulatedDevices extends AutoCloseable {
    /** None: a hub with real devices only. */
    EmulatedDevices NONE = new EmulatedDevices() {
        @Override
        public List<Credential> credentials() {
            return List.of();
        }

        @Override
        public void start(String brokerUrl, int httpPort, Runnable stopHub) {}

        @Override
        public void close() {}
    };

    /** Who the broker must let in; each speaks the topics of Caravan's own family below {@code caravan/ID/}. */
    List<Credential> credentials();

    /**
     * Begins to publish; returns at once.
     *
     * @param brokerUrl where, for example {@code tcp://127.0.0.1:1883}
     * @param httpPort of the hub on this machine, for devices that ask for firmware
     * @param stopHub ends the hub as SIGTERM would; for devices that have a fixed amount of work
     */
    void start(String brokerUrl, int httpPort, Runnable stopHub);

    /** Stops within a second. */
    @Override
    void close();
}
