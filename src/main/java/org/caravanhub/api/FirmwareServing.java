package org.caravanhub.api;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.caravanhub.alert.Alerts;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Releases;

/** The doors at which devices get the bytes of their firmware: by key, as paku's service had it, and for Arduino. */
public final class FirmwareServing implements AutoCloseable {
    private static final int MOST_REPORTS = 5000;

    private final FirmwareShelf shelf;
    private final ThreadPoolExecutor reports;

    /**
     * What they need to know of devices, and tell. All of it asks the database.
     *
     * @param registered the id of every registered device
     * @param model the model of a device, as the registry has it
     * @param inquiries remembers who asked
     */
    public record Devices(
            Supplier<Set<String>> registered, Function<String, Optional<String>> model, Inquiries inquiries) {}

    /** What is remembered of devices that ask for firmware. */
    @FunctionalInterface
    public interface Inquiries {
        /**
         * A device asked.
         *
         * @param door the way it asked: {@code arduino}
         * @param isSigned whether it is known that it was this device, or somebody who may speak for it
         */
        void note(Inquiry inquiry, String door, boolean isSigned);
    }

    private FirmwareServing(FirmwareShelf shelf, ThreadPoolExecutor reports) {
        this.shelf = shelf;
        this.reports = reports;
    }

    /**
     * Opens them; before the edge listens.
     *
     * @param changed is told of a release whose file is not what was uploaded; the owner is told by an alert already
     */
    public static FirmwareServing bindTo(
            HttpEdge http,
            Releases releases,
            Consumer<Release> changed,
            Offers offers,
            Devices devices,
            Alerts alerts,
            Clock clock) {
        FirmwareShelf shelf = new FirmwareShelf(releases, changed, alerts, clock);
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
        http.answer("ArduinoUpdate", new ArduinoUpdate(offers, sending, progress, owners, devices.inquiries(), clock));
        return new FirmwareServing(shelf, reports);
    }

    @Override
    public void close() {
        shelf.close();
        reports.shutdownNow();
    }
}
