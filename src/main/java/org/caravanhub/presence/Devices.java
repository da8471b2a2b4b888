package org.caravanhub.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.store.PresenceBook;
import org.jspecify.annotations.Nullable;

/** All devices that are watched, as they are now. Belongs to the lock of {@link PresenceWatch}. */
final class Devices implements Watched.Others {
    private final Map<String, Watched> byId = new HashMap<>();
    private final Clock wall;
    private long advisedMs;

    Devices(Clock wall) {
        this.wall = wall;
    }

    @Override
    public @Nullable Watched find(String device) {
        return byId.get(device);
    }

    @Override
    public long advisedMs() {
        return advisedMs;
    }

    /** Nobody is expected to speak more often than this from now on. */
    void advise(long apartMs) {
        advisedMs = apartMs;
    }

    /** The device, which may be new. Past the bound it is not watched: whoever makes up ids must not fill the memory. */
    @Nullable
    Watched findOrMake(String device, long nowMs) {
        Watched known = byId.get(device);
        if (known != null || byId.size() >= PresenceBook.MOST) {
            return known;
        }
        Watched made = new Watched(device, nowMs);
        made.told.firstSeenMinutes = (int) (wall.millis() / 60_000);
        byId.put(device, made);
        return made;
    }

    void remove(String device) {
        byId.remove(device);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    Collection<Watched> all() {
        return byId.values();
    }

    /** The device, judged anew, after what it is heard through. */
    Watched judged(Watched device, long ear, long nowMs) {
        for (String gateway : device.gateways()) {
            Watched through = byId.get(gateway);
            if (through != null) {
                through.judge(ear, nowMs, this);
            }
        }
        device.judge(ear, nowMs, this);
        return device;
    }

    /** How it was judged, and why. */
    Standing standing(Watched device, long ear, long nowMs) {
        Moments moments = new Moments(wall, nowMs);
        long heardMs = device.heardWall(moments);
        return new Standing(
                device.device,
                device.state(),
                new Reason(device, ear, moments, this).text(),
                Instant.ofEpochMilli(device.sinceWall(moments)),
                heardMs == Watched.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(heardMs)),
                Duration.ofMillis(device.usualMs()),
                device.usualFrom(),
                device.isAsleep(),
                device.isFlapping(nowMs),
                device.losses(nowMs));
    }
}
