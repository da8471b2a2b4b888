package org.caravanhub.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the room on the disk every few seconds. When it is nearly full, things are given up in the order of their percentages, and
 * when it is quite full the reserve, so that there is room to delete in. New messages are the last that suffer: nobody gives them up,
 * they wait in the broker.
 */
public final class DiskWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    /** Below it a commit may fail at any time. */
    private static final long NOTHING_LEFT_BYTES = 4L * 1024 * 1024;
    /** A disk that goes up and down around a border is not news each time. */
    private static final int CLEARLY_PERCENT = 2;

    private final Path folder;
    private final Measure measure;
    private final Reserve reserve;
    private final List<Shedding> sheddings;
    private final int roomy;
    private final Map<String, Long> shed = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "disk-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** The highest border that was told of since the disk was roomy. */
    private int reached;

    private volatile DiskState state = new DiskState(0, 0, false, Map.of());

    /** How much room there is. */
    @FunctionalInterface
    interface Measure {
        Room now() throws IOException;
    }

    record Room(long totalBytes, long freeBytes) {
        static Room on(Path folder) throws IOException {
            FileStore disk = Files.getFileStore(folder);
            return new Room(disk.getTotalSpace(), disk.getUsableSpace());
        }
    }

    /**
     * A watch over the disk of this folder, which has not looked yet.
     *
     * @param sheddings in the order in which they are given up
     */
    public DiskWatch(Path folder, List<Shedding> sheddings) {
        this(folder, sheddings, () -> Room.on(folder));
    }

    DiskWatch(Path folder, List<Shedding> sheddings, Measure measure) {
        this.folder = folder;
        this.measure = measure;
        this.reserve = new Reserve(folder.resolve("reserve"));
        this.sheddings = List.copyOf(sheddings);
        this.roomy = sheddings.stream()
                .mapToInt(Shedding::percent)
                .filter(percent -> percent > 0)
                .min()
                .orElse(100);
    }

    /** Looks each so often from now on. */
    public void start(Duration each) {
        clock.scheduleWithFixedDelay(this::look, 0, each.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the last look saw. */
    public DiskState state() {
        return state;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** One look, and what follows from it. */
    void look() {
        try {
            state = measure();
            if (state.freeBytes() < NOTHING_LEFT_BYTES && reserve.giveUp()) {
                LOG.warn("disk=full reserve=given-up \"free some room, or readings will not be stored\"");
            }
            for (Shedding shedding : sheddings) {
                if (state.percent() >= shedding.percent()) {
                    shed(shedding);
                }
            }
            tell();
            if (state.percent() < roomy && !reserve.exists() && state.freeBytes() > 4 * Reserve.BYTES) {
                reserve.make();
            }
            state = measure();
        } catch (IOException | RuntimeException e) {
            LOG.debug("the disk could not be looked at", e);
        }
    }

    private DiskState measure() throws IOException {
        Room room = measure.now();
        return new DiskState(room.totalBytes(), room.freeBytes(), reserve.exists(), Map.copyOf(shed));
    }

    private void shed(Shedding shedding) {
        try {
            long count = shedding.work().shed();
            if (count > 0) {
                shed.merge(shedding.what(), count, Long::sum);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("could not give up {}", shedding.what(), e);
        }
    }

    /** One line for each border that is passed upwards, and one when there is room again. */
    private void tell() {
        int percent = state.percent();
        int now = sheddings.stream()
                .mapToInt(Shedding::percent)
                .filter(border -> percent >= border)
                .max()
                .orElse(0);
        if (now > reached) {
            LOG.warn(
                    "disk=nearly-full percent={} shed=\"{}\" \"free some room on the disk of {}\"",
                    percent,
                    shed,
                    folder);
            reached = now;
        } else if (reached > 0 && percent < roomy - CLEARLY_PERCENT) {
            LOG.info("disk=roomy percent={} shed=\"{}\"", percent, shed);
            shed.clear();
            reached = 0;
        }
    }
}
