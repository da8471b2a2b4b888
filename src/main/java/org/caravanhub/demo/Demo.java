package org.caravanhub.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three devices of {@code caravan demo}, one thread each. */
public final class Demo implements EmulatedDevices {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final List<EmulatedDevice> devices;
    private final Map<String, Credential> credentials;
    private final Path folder;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Three devices.
     *
     * @param seed the same seed says the same at the same times
     * @param folder where an image to try updates with is put, and what the devices run is remembered
     */
    public Demo(Clock clock, long seed, Path folder) {
        this.clock = clock;
        this.folder = folder;
        DailyCurve day = new DailyCurve(clock.getZone());
        devices = List.of(
                new VanClimate(day, new Random(seed)),
                new WaterTank(new Random(seed + 1)),
                new PowerStation(day, new Random(seed + 2)));
        credentials = devices.stream()
                .map(device -> Credential.random(device.id()))
                .collect(Collectors.toUnmodifiableMap(Credential::device, Function.identity()));
    }

    @Override
    public List<Credential> credentials() {
        return List.copyOf(credentials.values());
    }

    @Override
    public synchronized void start(String brokerUrl, int httpPort, Runnable stopHub) {
        for (EmulatedDevice device : devices) {
            Thread thread = new Thread(() -> live(device, brokerUrl, httpPort), device.id());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void live(EmulatedDevice device, String brokerUrl, int httpPort) {
        Credential credential = Objects.requireNonNull(credentials.get(device.id()));
        DemoFirmware firmware = new DemoFirmware(folder, credential, httpPort, clock);
        String lastReason = "";
        while (stop.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
            try (DeviceConnection connection = DeviceConnection.open(brokerUrl, credential)) {
                lastReason = "";
                speakUntilStopped(device, firmware, connection);
            } catch (IOException e) {
                String reason = String.valueOf(e.getMessage());
                if (!reason.equals(lastReason) && stop.getCount() > 0) {
                    LOG.warn(
                            "demo device={} reason=\"{}\"; tries again every {} s",
                            device.id(),
                            reason,
                            RETRY.toSeconds());
                }
                lastReason = reason;
                pause(RETRY);
            }
        }
    }

    /** Returns too when it starts anew, with other firmware: its connection ends then. */
    private void speakUntilStopped(EmulatedDevice device, DemoFirmware firmware, DeviceConnection connection)
            throws IOException {
        connection.publishStatus(firmware.status());
        do {
            Instant now = clock.instant();
            if (firmware.isDue(now)) {
                connection.publishStatus(firmware.status());
                if (firmware.update(now)) {
                    pause(DemoFirmware.RESTART);
                    return;
                }
            }
            for (String payload : device.speak(now)) {
                connection.publish(payload);
            }
        } while (!pause(device.period()));
    }

    /** Returns early, with true, when the devices are to stop. */
    private boolean pause(Duration duration) {
        try {
            return stop.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public synchronized void close() {
        stop.countDown();
        for (Thread thread : threads) {
            try {
                thread.join(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
