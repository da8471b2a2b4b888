package org.caravanhub.ota;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One device of the {@link Fleet}: what it runs, how it fares when it is updated. Lives on one thread at a time. */
public final class FleetDevice {
    /** What becomes of it when it is updated. */
    public enum Mishap {
        /** All goes well. */
        NONE,
        /** It says that it could not. */
        SAYS_FAILED,
        /** It runs the new version and starts again and again. */
        BOOT_LOOP,
        /** It runs the new version for a moment, does not like it, and comes back with what it had. */
        GOES_BACK,
        /** It is never heard again. */
        FALLS_SILENT,
        /** It says that it went well, and runs what it had. */
        LIES
    }

    private static final long REBOOT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** Its clock is fast, so that a test need not wait until it has been up for long. */
    private static final int SECONDS_A_SECOND = 10;
    /** So many moments it is well between two starts of a loop. */
    private static final int MOMENTS_OF_A_LOOP = 2;

    private final String id;
    private final String mac;
    private final FleetDoor door;
    private final Fleet fleet;
    private volatile Mishap mishap;
    private volatile String version;
    private volatile boolean isAsleep;
    private volatile boolean isSilent;
    private volatile int updates;
    private long startedAt;
    private boolean isLooping;
    private String old = "";
    private int moments;

    FleetDevice(Fleet fleet, String id, String mac, FleetDoor door, String version, Mishap mishap) {
        this.fleet = fleet;
        this.id = id;
        this.mac = mac;
        this.door = door;
        this.version = version;
        this.mishap = mishap;
        this.startedAt = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
    }

    public String id() {
        return id;
    }

    /** As a label prints it: {@code DE:BA:7A:B1:E0:42}. */
    String mac() {
        return mac;
    }

    /** What it runs. */
    public String version() {
        return version;
    }

    public Mishap mishap() {
        return mishap;
    }

    /** How often it fetched an image to the end. */
    public int updates() {
        return updates;
    }

    long uptimeSeconds() {
        return Math.max(0, TimeUnit.NANOSECONDS.toSeconds((System.nanoTime() - startedAt) * SECONDS_A_SECOND));
    }

    FleetDoor door() {
        return door;
    }

    /** It sleeps from now on, or wakes up. */
    public void sleep(boolean asleep) {
        isAsleep = asleep;
    }

    /** Somebody went there and put it right; it says something again. */
    public void repair() {
        mishap = Mishap.NONE;
        isLooping = false;
        isSilent = false;
    }

    /** A moment of its life: it says that it is well, asks, and does what it is told. */
    void live() throws IOException, InterruptedException {
        if (isAsleep || isSilent || System.nanoTime() < startedAt) {
            return;
        }
        if (isLooping && ++moments % MOMENTS_OF_A_LOOP == 0) {
            startedAt = System.nanoTime();
        }
        if (!old.isEmpty() && ++moments > MOMENTS_OF_A_LOOP) {
            version = old;
            old = "";
            startedAt = System.nanoTime();
        }
        fleet.say(door.says(this));
        Optional<FleetDoor.Found> found = door.ask(this);
        if (found.isPresent() && !found.get().version().equals(version)) {
            update(found.get());
        }
    }

    private void update(FleetDoor.Found found) throws IOException, InterruptedException {
        door.tell(this, found, "downloading", 0, "");
        Fleet.Fetched image = fleet.fetch(found);
        updates++;
        door.tell(this, found, "downloading", 100, "");
        if (mishap == Mishap.SAYS_FAILED) {
            door.tell(this, found, "failed", 0, "flash write failed at 0x1a0000");
            return;
        }
        door.tell(this, found, "installing", 50, "");
        if (mishap == Mishap.FALLS_SILENT) {
            isSilent = true;
            fleet.say(door.lastWill(this));
            return;
        }
        if (mishap == Mishap.LIES) {
            door.tell(this, found, "success", 100, "");
        }
        old = mishap == Mishap.GOES_BACK ? version : "";
        moments = 0;
        version = mishap == Mishap.LIES ? version : image.version();
        isLooping = mishap == Mishap.BOOT_LOOP;
        startedAt = System.nanoTime() + REBOOT_NANOS;
    }
}
