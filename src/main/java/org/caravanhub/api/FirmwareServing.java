package org.caravanhub.api;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.caravanhub.alert.Alerts;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Releases;

/** The doors at which devices get the bytes of their firmware: by key, as paku's service had it, and for Arduino. */
public final class FirmwareServing implements AutoCloseable {
    private static final int MOST_REPORTS = 5000;

    private final FirmwareShelf shelf;
    private final ThreadPoolExecutor reports;

    /**
     * What they need to know of devices. Both ask the database.
     *
     * @param registered the id of every registered device
     * @param model the model of a device, as the registry has it
     */
    public record Devices(Supplier<Set<String>> registered, Function<String, Optional<String>> model) {}

    private FirmwareServing(FirmwareShelf shelf, ThreadPoolExecutor reports) {
        this.shelf = shelf;
        this.reports = reports;
    }

    /** Opens them; before the edge listens. */
    public static FirmwareServing bindTo(
            HttpEdge http, Releases releases, Offers offers, Devices devices, Alerts alerts, Clock clock) {
        FirmwareShelf shelf = new FirmwareShelf(releases, alerts, clock);
        // One after the other, so that the last word is the last; there only while something is told.
        ThreadPoolExecutor reports = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_REPORTS),
                work -> {
                    Thread thread = new Thread(work, "firmware-reports");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        reports.allowCoreThreadTimeOut(true);
        FirmwareProgress progress = new FirmwareProgress(offers, reports, clock, System::nanoTime);
        FirmwareSending sending = new FirmwareSending(shelf, progress);
        MacOwners owners = new MacOwners(devices.registered(), System::nanoTime);
        http.answer("FirmwareDownload", new FirmwareDownload(releases, sending, System::nanoTime));
        http.answer("PakuDownload", new PakuDownload(releases, devices.model(), sending));
        http.answer("ArduinoUpdate", new ArduinoUpdate(offers, sending, progress, owners, clock));
        return new FirmwareServing(shelf, reports);
    }

    /** Whether the files that were handed out are what was uploaded. */
    public HealthCheck health() {
        return shelf;
    }

    @Override
    public void close() {
        shelf.close();
        reports.shutdownNow();
    }
}
