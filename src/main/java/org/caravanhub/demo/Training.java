package org.caravanhub.demo;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that publishes as fast as it can, some thousand readings and a few broken ones, and then stops the hub: what the Java
 * machine loads and compiles meanwhile goes into the archive that makes later starts fast.
 */
public final class Training implements EmulatedDevices {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private static final int TOGETHER = 8;

    private final Clock clock;
    private final int messages;
    private final Credential credential = Credential.random("training");
    private volatile boolean done;

    /** @param messages how many to publish */
    public Training(Clock clock, int messages) {
        this.clock = clock;
        this.messages = messages;
    }

    @Override
    public List<Credential> credentials() {
        return List.of(credential);
    }

    @Override
    public void start(String brokerUrl, int httpPort, Runnable stopHub) {
        Thread thread = new Thread(() -> train(brokerUrl, stopHub), "training");
        thread.setDaemon(true);
        thread.start();
    }

    private void train(String brokerUrl, Runnable stopHub) {
        VanClimate device = new VanClimate(new DailyCurve(clock.getZone()), new Random(1));
        Instant start = clock.instant();
        try (DeviceConnection connection = DeviceConnection.open(brokerUrl, credential)) {
            List<String> together = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                // Each with a time of its own: two readings of one moment are one reading.
                together.addAll(device.speak(start.minusMillis(messages - i)));
                if (together.size() >= TOGETHER || i == messages - 1) {
                    connection.publishAll(together);
                    together.clear();
                }
            }
            done = true;
        } catch (IOException e) {
            LOG.warn("training ended early reason=\"{}\"", e.getMessage());
        } finally {
            stopHub.run();
        }
    }

    /** Whether everything was published. May be asked by any thread. */
    public boolean isDone() {
        return done;
    }

    @Override
    public void close() {}
}
