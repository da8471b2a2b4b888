package org.caravanhub;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.caravanhub.backup.BackupListener;
import org.caravanhub.backup.Restoration;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.Settings;
import org.caravanhub.systemd.SignsOfLife;
import org.caravanhub.systemd.Systemd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub for as long as its process lives. It is started once more when a backup was brought back; if it does not start with that, what was
 * there before is brought back and started.
 */
public final class HubRun {
    private static final Logger LOG = LoggerFactory.getLogger(HubRun.class);

    private final Supplier<Settings> settings;
    private final Supplier<EmulatedDevices> devices;
    private final String program;
    private Optional<Caravan> running = Optional.empty();
    private Optional<Settings> known = Optional.empty();
    private boolean isStopped;

    /**
     * Of this hub.
     *
     * @param settings reads them anew at each start
     * @param devices emulated ones, new at each start
     * @param program the version of the program
     */
    public HubRun(Supplier<Settings> settings, Supplier<EmulatedDevices> devices, String program) {
        this.settings = settings;
        this.devices = devices;
        this.program = program;
    }

    /**
     * Runs it until somebody stops it.
     *
     * @param started is told of it each time that it has started
     * @throws RuntimeException naming what is wrong and what to do, if it cannot start
     */
    public void run(Consumer<Caravan> started) throws InterruptedException {
        Optional<SignsOfLife> signs = Optional.empty();
        while (true) {
            try (Caravan hub = start()) {
                signs.ifPresent(SignsOfLife::close);
                take(hub);
                started.accept(hub);
                hub.awaitStop();
            } finally {
                running = Optional.empty();
                signs.ifPresent(SignsOfLife::close);
            }
            Restoration restoration = restoration();
            if (isStopped() || !restoration.isOrdered()) {
                return;
            }
            signs = Systemd.of(System.getenv()).map(systemd -> SignsOfLife.begin(systemd, "Brings a backup back."));
            LOG.info(
                    "restore=begins backup={}", restoration.last().orElseThrow().backup());
            alone(() -> restoration.carryOut(BackupListener.NONE));
        }
    }

    private Caravan start() {
        try {
            return startOnce();
        } catch (RuntimeException | Error e) {
            if (known.isEmpty() || !restoration().isOnTrial()) {
                throw e;
            }
            try {
                alone(() -> restoration().undo("The hub did not start with it: " + e.getMessage()));
                return startOnce();
            } catch (RuntimeException | Error second) {
                noteFailure(second);
                second.addSuppressed(e);
                throw second;
            }
        }
    }

    private Caravan startOnce() {
        Settings now = settings.get();
        Settings before = known.orElse(now);
        if (!now.data().equals(before.data())) {
            throw new IllegalStateException("its configuration names another data folder, " + now.data());
        }
        known = Optional.of(now);
        return Caravan.start(now, devices.get());
    }

    private void noteFailure(Throwable why) {
        try {
            restoration().failed(String.valueOf(why.getMessage()));
        } catch (IOException e) {
            LOG.warn("restore=not-noted reason=\"{}\"", e.getMessage());
        }
    }

    private Restoration restoration() {
        return new BackupWiring(known.orElseThrow(), program, Clock.systemUTC()).restoration();
    }

    private interface Step {
        void run() throws IOException;
    }

    /** No other hub may come into the folder meanwhile. */
    private void alone(Step step) {
        try (DataFolder taken = DataFolder.take(known.orElseThrow().data())) {
            step.run();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(String.valueOf(e.getMessage()), e);
        }
    }

    private synchronized void take(Caravan hub) {
        running = Optional.of(hub);
        if (isStopped) {
            hub.stop();
        }
    }

    /** Asks it to stop, as SIGTERM does; returns at once. */
    public synchronized void stop() {
        isStopped = true;
        running.ifPresent(Caravan::stop);
    }

    private synchronized boolean isStopped() {
        return isStopped;
    }
}
