package org.caravanhub.ota;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.ota.DeviceUpdate.State;

/**
 * Who comes into a rollout, and who leaves it before it has begun.
 *
 * @param come who is in it from now on
 * @param leave who waited, and is not for it any more
 * @param seen who waited, and runs the release already
 * @param missing who waits, and nobody says that it is of this model
 */
record Enrolment(List<DeviceUpdate> come, List<String> leave, List<DeviceUpdate> seen, List<String> missing) {
    /**
     * Decides it.
     *
     * @param fleet the devices of its model
     * @param known the devices that are in it
     * @param published releases of its model
     * @param newer rollouts of its model that were made later and are under way: who is in one of them is not in this one
     */
    static Enrolment of(
            Rollout rollout,
            Release release,
            List<Member> fleet,
            List<DeviceUpdate> known,
            List<Release> published,
            List<Rollout> newer,
            Instant now) {
        Map<String, DeviceUpdate> missing = new HashMap<>();
        known.forEach(update -> missing.put(update.device(), update));
        List<DeviceUpdate> come = new ArrayList<>();
        List<String> leave = new ArrayList<>();
        List<DeviceUpdate> seen = new ArrayList<>();
        for (Member member : fleet) {
            Optional<DeviceUpdate> update = Optional.ofNullable(missing.remove(member.device()));
            boolean isIn =
                    Selection.isIn(rollout, member) && newer.stream().noneMatch(other -> Selection.isIn(other, member));
            Fit fit = Fit.of(
                    release,
                    member.version(),
                    Set.of(),
                    published,
                    rollout.plan().allowsDowngrade());
            if (update.isEmpty() && isIn && fit == Fit.FITS) {
                come.add(DeviceUpdate.waiting(rollout.id(), member.device(), rollout.version(), member.version(), now));
            } else if (update.isPresent() && isWaiting(update.get())) {
                if (fit == Fit.RUNS_IT) {
                    UpdateCourse.seenNew(update.get(), now).ifPresent(seen::add);
                } else if (!isIn || fit != Fit.FITS) {
                    leave.add(member.device());
                }
            }
        }
        List<String> others = missing.values().stream()
                .filter(Enrolment::isWaiting)
                .map(DeviceUpdate::device)
                .toList();
        return new Enrolment(come, leave, seen, others);
    }

    private static boolean isWaiting(DeviceUpdate update) {
        return update.isOpen() && update.state() == State.WAITING;
    }
}
