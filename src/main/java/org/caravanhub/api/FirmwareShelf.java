package org.caravanhub.api;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.caravanhub.alert.Alerts;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;
import org.caravanhub.ota.ImageCheck;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Releases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of releases, each held against its SHA-256 before it is handed out. One is read at a time, on a thread that is there only
 * meanwhile. A damaged one is told to the owner. Safe for use by many threads.
 */
final class FirmwareShelf implements HealthCheck, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareShelf.class);
    private static final String ALERT = "firmware-damaged";
    private static final int MOST_WAITING = 200;

    private final Releases releases;
    private final Alerts alerts;
    private final Clock clock;
    private final ImageCheck check = new ImageCheck();
    private final Map<String, String> damaged = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor reader = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), FirmwareShelf::thread);

    FirmwareShelf(Releases releases, Alerts alerts, Clock clock) {
        this.releases = releases;
        this.alerts = alerts;
        this.clock = clock;
        reader.allowCoreThreadTimeOut(true);
    }

    /** Where its file is. */
    Path file(Release release) {
        return releases.file(release).toAbsolutePath();
    }

    /**
     * How its file is. Done already, unless it has to be read first.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many have to be read
     */
    CompletableFuture<ImageCheck.State> state(Release release) {
        Path file = file(release);
        return check.known(file, release.artifact())
                .map(known -> CompletableFuture.completedFuture(seen(release, known)))
                .orElseGet(() -> CompletableFuture.supplyAsync(
                        () -> seen(release, check.look(file, release.artifact())), reader));
    }

    private ImageCheck.State seen(Release release, ImageCheck.State state) {
        String name = release.model() + " " + release.version();
        if (state == ImageCheck.State.SOUND) {
            if (damaged.remove(name) != null && damaged.isEmpty()) {
                alerts.resolve(ALERT, "", "Its file is what was uploaded again.");
            }
        } else if (damaged.put(name, release.key()) == null) {
            LOG.error("firmware=damaged model={} version={} state={}", release.model(), release.version(), state);
            alerts.raise(new Notice(
                    ALERT,
                    "",
                    "Firmware " + name + (state == ImageCheck.State.MISSING ? " has no file" : " is damaged"),
                    "It is not handed out. " + cure(release),
                    Priority.HIGH,
                    "",
                    clock.instant()));
        }
        return state;
    }

    /** What to do about a file that is not what was uploaded. */
    static String cure(Release release) {
        return "Remove the release and upload it again: caravan firmware remove " + release.model() + " "
                + release.version() + "; and look after the disk, which lost or changed it.";
    }

    @Override
    public String name() {
        return "firmware";
    }

    @Override
    public Health check() {
        if (damaged.isEmpty()) {
            return Health.ok("no damaged file was met");
        }
        String names = String.join(", ", new TreeSet<>(damaged.keySet()));
        return Health.warning(
                "not what was uploaded: " + names,
                "Devices that ask for it get an error.",
                "caravan firmware remove MODEL VERSION, then upload it again; look after the disk");
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "firmware-check");
        thread.setDaemon(true);
        return thread;
    }
}
