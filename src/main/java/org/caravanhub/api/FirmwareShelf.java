package org.caravanhub.api;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.caravanhub.alert.Alerts;
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
final class FirmwareShelf implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareShelf.class);
    private static final String ALERT = "firmware-damaged";
    private static final int MOST_WAITING = 200;

    /** What to do about a file that is not what was uploaded. */
    static final String CURE =
            "Upload the same file again, and look after the disk: it lost what was written, or something changed it.";

    private final Releases releases;
    private final Alerts alerts;
    private final Clock clock;
    private final ImageCheck check = new ImageCheck();
    private final Consumer<Release> changed;
    private final Set<String> damaged = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor reader = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), FirmwareShelf::thread);

    /** @param changed is told of a release whose file is not what was uploaded */
    FirmwareShelf(Releases releases, Consumer<Release> changed, Alerts alerts, Clock clock) {
        this.releases = releases;
        this.changed = changed;
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
        Optional<ImageCheck.State> known = check.known(file, release.artifact());
        if (known.filter(state -> state == ImageCheck.State.SOUND && !damaged.contains(name(release)))
                .isPresent()) {
            return CompletableFuture.completedFuture(ImageCheck.State.SOUND);
        }
        return CompletableFuture.supplyAsync(() -> seen(release, check.look(file, release.artifact())), reader);
    }

    private ImageCheck.State seen(Release release, ImageCheck.State state) {
        String name = name(release);
        if (state == ImageCheck.State.SOUND) {
            if (damaged.remove(name) && damaged.isEmpty()) {
                alerts.resolve(ALERT, "", "Its file is what was uploaded again.");
            }
        } else if (isPublished(release) && damaged.add(name)) {
            if (state == ImageCheck.State.DAMAGED) {
                changed.accept(release);
            }
            alerts.raise(new Notice(
                    ALERT,
                    "",
                    "Firmware " + name + (state == ImageCheck.State.MISSING ? " has no file" : " is damaged"),
                    "It is not handed out. " + CURE,
                    Priority.HIGH,
                    "",
                    clock.instant()));
        }
        return state;
    }

    private static String name(Release release) {
        return release.model() + " " + release.version();
    }

    /** A release that was removed while somebody asked for it has no file, as it should be. */
    private boolean isPublished(Release release) {
        try {
            return releases.find(release.model(), release.version())
                    .filter(there -> there.key().equals(release.key()))
                    .isPresent();
        } catch (RuntimeException e) {
            // The database is away; what is wrong with the disk is told all the same.
            LOG.debug("firmware=not-asked-about", e);
            return true;
        }
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
