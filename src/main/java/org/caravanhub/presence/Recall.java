package org.caravanhub.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.caravanhub.device.PastPresence;
import org.caravanhub.device.Presence;

/**
 * Takes what an earlier run knew. The hub went off, as far as anybody can tell, when it heard its last device: the silence of a device
 * goes on from what it was then.
 *
 * @param devices those that are watched; some may have been heard already
 * @param nowMs the monotonic clock
 * @param ear the {@link Ear}
 */
record Recall(Devices devices, long nowMs, long ear) {

    void take(List<PastPresence> past, List<PastPresence.Path> paths) {
        long wentOffMs = past.stream().mapToLong(Recall::heardMs).max().orElse(0);
        for (PastPresence one : past) {
            Watched device = devices.findOrMake(one.device(), nowMs);
            if (device != null) {
                take(device, one, ear - (wentOffMs - heardMs(one)));
            }
        }
        for (PastPresence.Path path : paths) {
            Watched device = devices.find(path.device());
            if (device != null && !path.gateway().equals(path.device())) {
                device.isHeardThrough(path.gateway());
            }
        }
    }

    private static void take(Watched device, PastPresence past, long heardEar) {
        device.owned(
                past.isRegistered(),
                past.isDisabled(),
                past.interval().map(Duration::toMillis).orElse(0L));
        past.firstSeen().ifPresent(first -> device.told.firstSeenMinutes = (int) (first.toEpochMilli() / 60_000));
        if (heardMs(past) > 0) {
            device.wasHeard(heardEar, heardMs(past));
        }
        past.judged().ifPresent(judged -> {
            judged.usual().filter(usual -> device.interval.usualMs() == 0).ifPresent(device.interval::remember);
            judged.usual().ifPresent(usual -> device.told.kept(usual.toMillis(), Long.MIN_VALUE));
            Cause cause = Cause.ofWord(judged.cause());
            device.wasJudged(
                    judged.state(), cause, judged.reason(), judged.since().toEpochMilli());
            device.told.before(judged.state(), cause);
        });
    }

    /** What the broker kept of a device that is gone, or never was there, is counted as received; then what it was judged by counts. */
    private static long heardMs(PastPresence past) {
        long seen = past.lastSeen().map(Instant::toEpochMilli).orElse(0L);
        return past.judged()
                .map(judged -> judged.state() == Presence.OFFLINE || judged.state() == Presence.NEW
                        ? judged.heardAt().toEpochMilli()
                        : seen)
                .orElse(seen);
    }
}
