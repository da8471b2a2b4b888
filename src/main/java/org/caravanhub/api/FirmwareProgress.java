package org.caravanhub.api;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.UpdateReport;
import org.caravanhub.ota.UpdateReport.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how far a device's download is, from the bytes that left; not of each piece: when ten percent more are there, and not before five
 * seconds have passed. A download in parts is one. Safe for use by many threads.
 */
final class FirmwareProgress {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareProgress.class);
    private static final int STEP = 10;
    private static final long PAUSE_NANOS = 5_000_000_000L;
    private static final int REMEMBERED = 2000;

    private final Offers offers;
    private final Executor workers;
    private final Clock clock;
    private final LongSupplier nanos;

    private record Told(String key, int percent, long at) {}

    private final Map<String, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Told to these offers.
     *
     * @param workers run what asks the database, one after the other
     */
    FirmwareProgress(Offers offers, Executor workers, Clock clock, LongSupplier nanos) {
        this.offers = offers;
        this.workers = workers;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** So many bytes of the file have left, counted from its beginning. */
    void reached(String device, Release release, long bytes) {
        int percent = (int) (100 * bytes / Math.max(1, release.artifact().size()));
        long now = nanos.getAsLong();
        synchronized (told) {
            Told before = told.get(device);
            boolean goesOn = before != null && before.key().equals(release.key()) && percent + STEP > before.percent();
            if (before != null && goesOn && (percent < before.percent() + STEP || now - before.at() < PAUSE_NANOS)) {
                return;
            }
            told.put(device, new Told(release.key(), percent, now));
        }
        report(device, release, Stage.DOWNLOADING, percent);
    }

    /** The last byte of the file has left. */
    void done(String device, Release release) {
        synchronized (told) {
            told.remove(device);
        }
        report(device, release, Stage.DOWNLOADED, 100);
    }

    private void report(String device, Release release, Stage stage, int percent) {
        tell(new UpdateReport(device, release.version(), stage, OptionalInt.of(percent), "", clock.instant()));
    }

    /** Tells something else of a device's update. */
    void tell(UpdateReport report) {
        workers.execute(() -> {
            try {
                offers.report(report);
            } catch (RuntimeException e) {
                // The bytes are on their way all the same; the next report says more than this one.
                LOG.debug("firmware=report-lost device={} reason=\"{}\"", report.device(), e.toString());
            }
        });
    }
}
