package org.caravanhub.ota;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.ota.Decision.Why;
import org.caravanhub.ota.DeviceUpdate.State;

/** Which rollout a device is in, and whether it may have its release. */
sealed interface Choice {
    /** The release of this rollout, if it is its turn. */
    record Of(Rollout rollout, Release release, Optional<DeviceUpdate> update) implements Choice {}

    /**
     * Nothing, for this reason.
     *
     * @param rollout that it is in, if it is in one
     */
    record None(Why why, String reason, Optional<Rollout> rollout) implements Choice {}

    /**
     * A rollout and what became of the device in it.
     *
     * @param update empty if it is not noted there
     */
    record Candidate(Rollout rollout, Optional<DeviceUpdate> update) {}

    /**
     * Chooses the newest rollout that the device is in.
     *
     * @param version what it runs, empty if unknown
     * @param digests of what it runs
     * @param releases of its model, the newest upload first
     * @param candidates rollouts of its model that are not over, and completed ones; the newest first
     */
    static Choice of(
            Member member, String version, Set<String> digests, List<Release> releases, List<Candidate> candidates) {
        if (releases.isEmpty()) {
            return none(Why.NO_RELEASE, "nothing is published for the model \"" + member.model() + "\"");
        }
        Optional<Choice> notChosen = Optional.empty();
        for (Candidate candidate : candidates) {
            Rollout rollout = candidate.rollout();
            Optional<Release> release = releases.stream()
                    .filter(one -> one.version().equals(rollout.version()))
                    .findFirst();
            if (release.isEmpty() || rollout.state() == Rollout.State.ROLLING_BACK) {
                continue;
            }
            if (candidate.update().isEmpty() && !Selection.isIn(rollout, member)) {
                notChosen = notChosen.or(() -> Optional.of(new None(
                        Why.NOT_CHOSEN,
                        "the rollout " + rollout.name() + " is not for it, or not yet",
                        Optional.empty())));
                continue;
            }
            Optional<Choice> choice = ofOne(candidate, release.get(), version, digests, releases);
            if (choice.isPresent()) {
                return choice.get();
            }
        }
        Release newest = releases.get(0);
        if (Fit.isIt(newest, version, digests)) {
            return none(Why.UP_TO_DATE, "it runs " + newest.version() + ", the newest release");
        }
        return notChosen.orElseGet(() ->
                none(Why.NO_ROLLOUT, "nothing is being rolled out to it; caravan rollout start begins a rollout"));
    }

    /** What this rollout says; empty if it leaves the device to older ones. */
    private static Optional<Choice> ofOne(
            Candidate candidate, Release release, String version, Set<String> digests, List<Release> releases) {
        Rollout rollout = candidate.rollout();
        Fit fit = Fit.of(release, version, digests, releases, rollout.plan().allowsDowngrade());
        if (fit == Fit.RUNS_IT) {
            return in(rollout, Why.UP_TO_DATE, "it runs " + release.version() + ", as it should");
        }
        Optional<DeviceUpdate> ended = candidate.update().filter(update -> !update.isOpen());
        if (ended.isPresent()) {
            return ended.get().state().isFailure()
                    ? in(
                            rollout,
                            Why.FAILED_BEFORE,
                            "it had " + release.version() + " offered by the rollout " + rollout.name()
                                    + ", and that did not go well: "
                                    + ended.get().reason())
                    : Optional.empty();
        }
        if (fit == Fit.NEWER) {
            return Optional.empty();
        }
        if (fit == Fit.TOO_OLD) {
            return in(
                    rollout,
                    Why.TOO_OLD,
                    version.isEmpty()
                            ? "it does not tell what it runs, and " + release.version() + " needs at least "
                                    + release.minVersion()
                            : "it runs " + version + ", and " + release.version() + " needs at least "
                                    + release.minVersion());
        }
        if (rollout.state() == Rollout.State.PAUSED) {
            return in(rollout, Why.PAUSED, "the rollout " + rollout.name() + " is paused");
        }
        if (candidate
                .update()
                .map(DeviceUpdate::state)
                .filter(State.VERIFYING::equals)
                .isPresent()) {
            return in(
                    rollout, Why.WAITS, "it says that it has " + release.version() + " installed; it is being watched");
        }
        return Optional.of(new Of(rollout, release, candidate.update()));
    }

    private static Optional<Choice> in(Rollout rollout, Why why, String reason) {
        return Optional.of(new None(why, reason, Optional.of(rollout)));
    }

    private static Choice none(Why why, String reason) {
        return new None(why, reason, Optional.empty());
    }
}
