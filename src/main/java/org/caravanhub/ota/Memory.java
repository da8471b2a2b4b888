package org.caravanhub.ota;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.UpdateWatch.Watched;
import org.jspecify.annotations.Nullable;

/**
 * What the rounds remember of the devices of one rollout, so that a look writes nothing. After a restart it begins with what is in the
 * table, which is a quarter of patience old at most. Used by one thread.
 */
final class Memory {
    private static final int PARTS = 4;
    private static final long OFFER_AGAIN_NANOS = Duration.ofMinutes(5).toNanos();

    private final Map<String, Watched> watched = new HashMap<>();
    private final Map<String, Integer> phases = new HashMap<>();
    private final Map<String, Long> offered = new HashMap<>();
    /** What its devices were chosen for. */
    private int ring = -1;

    private int percent = -1;
    private long enrolledNanos;
    private boolean isLookedAt;

    /** Whether devices are to be chosen again. */
    boolean isDue(Rollout rollout, long now, long everyNanos) {
        return ring != rollout.ring() || percent != rollout.percent() || now - enrolledNanos >= everyNanos;
    }

    void enrolled(Rollout rollout, long now) {
        ring = rollout.ring();
        percent = rollout.percent();
        enrolledNanos = now;
    }

    /** Whether this is the first look at a rollout that stands still: what was to be done then may not have been done. */
    boolean isFirstLook() {
        boolean isFirst = !isLookedAt;
        isLookedAt = true;
        return isFirst;
    }

    /** They are to be chosen again in the next round. */
    void chooseAgain() {
        ring = -1;
    }

    Watched watch(DeviceUpdate update, Evidence evidence, Duration elapsed) {
        // Each of these counts a time of its own.
        int phase = update.seenAt().isPresent() ? 2 : update.state() == State.VERIFYING ? 1 : 0;
        boolean isNew = !Integer.valueOf(phase).equals(phases.put(update.device(), phase));
        @Nullable Watched known = watched.get(update.device());
        Watched was = known == null || isNew
                ? new Watched(update.spent(), known == null ? Duration.ZERO : known.silent(), evidence.restarts())
                : known;
        Watched now = UpdateWatch.watched(update, evidence, was, known == null ? Duration.ZERO : elapsed);
        watched.put(update.device(), now);
        return now;
    }

    /** What is worth a row though nothing has become of it: another quarter of the time that counts. */
    Optional<DeviceUpdate> worthKeeping(DeviceUpdate update, Plan plan, Watched now) {
        Duration limit =
                update.state() == State.VERIFYING && update.seenAt().isPresent() ? plan.healthyFor() : plan.patience();
        long part = Math.max(1, limit.toMillis() / PARTS);
        return now.spent().toMillis() / part == update.spent().toMillis() / part
                ? Optional.empty()
                : Optional.of(Step.from(update).spent(now.spent()).at(update.changedAt()));
    }

    /** Whether it is time to tell a device again of its offer. */
    boolean mayOffer(String device, long now) {
        Long before = offered.get(device);
        return before == null || now - before >= OFFER_AGAIN_NANOS;
    }

    void offered(String device, long now) {
        offered.put(device, now);
    }

    /** Only these are at it still. */
    void keep(Collection<DeviceUpdate> open) {
        Set<String> updating = open.stream()
                .filter(update -> update.state().isUpdating())
                .map(DeviceUpdate::device)
                .collect(Collectors.toSet());
        watched.keySet().retainAll(updating);
        phases.keySet().retainAll(updating);
        offered.keySet().retainAll(open.stream().map(DeviceUpdate::device).collect(Collectors.toSet()));
    }
}
