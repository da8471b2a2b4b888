package org.caravanhub.ota;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.device.Presence;
import org.caravanhub.ota.DeviceUpdate.State;

/**
 * What becomes of an update by what is seen of its device and by time that passes. Time is counted by whoever calls, with a clock that
 * nobody sets, and only while the hub hears.
 */
final class UpdateWatch {
    /** One start is the new version's own. */
    static final int MOST_RESTARTS = 3;

    /** How long one that sends no telemetry has for what only its next question can tell. */
    static final Duration ONLY_ASKS = Duration.ofDays(1);

    private UpdateWatch() {}

    /**
     * How long it took so far.
     *
     * @param spent of patience while it was awake; when it runs the new version, how long it has been well without a break
     * @param silent for how long it has not been there
     * @param restarts how often it had started again by then
     */
    record Watched(Duration spent, Duration silent, int restarts) {
        /** Nothing yet. */
        static final Watched BEGUN = new Watched(Duration.ZERO, Duration.ZERO, 0);
    }

    /** The same, after another while in which the device was like this. */
    static Watched watched(DeviceUpdate update, Evidence evidence, Watched was, Duration elapsed) {
        boolean isGone = evidence.presence() == Presence.OFFLINE;
        // Who only asks over HTTP is as new when it asks no more.
        boolean isSilent = isGone || evidence.presence() == Presence.NEW;
        Duration silent =
                evidence.isAwake() ? Duration.ZERO : isSilent ? was.silent().plus(elapsed) : was.silent();
        if (update.state() == State.WAITING) {
            return new Watched(was.spent(), silent, was.restarts());
        }
        // A break in being well begins the count again, and so does another start; a device that is late only stops it.
        boolean isAnew = evidence.restarts() > was.restarts();
        boolean isBroken = (isGone || isAnew) && isWell(update, evidence);
        Duration spent =
                isBroken ? Duration.ZERO : evidence.isAwake() ? was.spent().plus(elapsed) : was.spent();
        return new Watched(spent, silent, evidence.restarts());
    }

    /**
     * What is to be noted now; empty if nothing changed.
     *
     * @param isOver whether the rollout is: then nobody waits for a device that went to sleep while it was downloading
     */
    static Optional<DeviceUpdate> judged(
            DeviceUpdate update, Plan plan, boolean isOver, Evidence evidence, Watched watched, Instant now) {
        if (!update.isOpen()) {
            return Optional.empty();
        }
        Optional<DeviceUpdate> told = evidence.toldAt()
                .flatMap(at -> UpdateCourse.seen(update, evidence.version(), plan.healthyFor(), at))
                .map(moved -> Step.from(moved).at(now));
        if (told.isPresent()) {
            return told;
        }
        return switch (update.state()) {
            case WAITING -> Optional.empty();
            case VERIFYING -> verifying(update, plan, evidence, watched, now);
            default -> underWay(update, plan, evidence, isOver, watched, now);
        };
    }

    /** Whether its time counts as being well: the new version was seen, or it never tells one. */
    private static boolean isWell(DeviceUpdate update, Evidence evidence) {
        return update.state() == State.VERIFYING
                && (update.seenAt().isPresent()
                        || evidence.version().isEmpty() && update.from().isEmpty());
    }

    private static Optional<DeviceUpdate> underWay(
            DeviceUpdate update, Plan plan, Evidence evidence, boolean isOver, Watched watched, Instant now) {
        boolean isBack = update.state() == State.INSTALLING
                && evidence.restarts() > 0
                && !evidence.version().isEmpty()
                && evidence.toldAt()
                        .filter(at -> at.isAfter(update.changedAt()))
                        .isPresent();
        if (isBack) {
            String why = "it started again after it had " + update.version() + ", and runs " + evidence.version();
            return Optional.of(Step.from(update).to(State.ROLLED_BACK, why, now).at(now));
        }
        boolean isSilent = watched.silent().compareTo(quiet(update, plan, evidence)) >= 0;
        if (isSilent && (isOver || update.state() == State.INSTALLING)) {
            String what = update.state() == State.INSTALLING ? "install " : "download ";
            String why = "it has not been heard since it began to " + what + update.version();
            return Optional.of(Step.from(update).to(State.TIMED_OUT, why, now).at(now));
        }
        if (isSilent && plan.atOnce().isPresent()) {
            // Others wait for its turn to be over; it has not failed, and has another when it is heard.
            String why = "it was not heard for " + spoken(plan.patience()) + "; its turn goes to another meanwhile";
            return Optional.of(
                    Step.from(update).percent(0).to(State.WAITING, why, now).at(now));
        }
        if (watched.spent().compareTo(plan.patience()) < 0) {
            return Optional.empty();
        }
        if (update.state() == State.OFFERED && update.attempts() < UpdateCourse.MOST_ATTEMPTS) {
            // One that asks every few hours, and lost the image on the way, asks again; nothing is known to be wrong
            // with it.
            String why = "it did not begin within " + spoken(plan.patience()) + "; it is offered again";
            return Optional.of(Step.from(update).to(State.WAITING, why, now).at(now));
        }
        String why =
                switch (update.state()) {
                    case OFFERED ->
                        "it was offered " + update.version() + " " + update.attempts() + " times, was there for "
                                + spoken(plan.patience()) + " since, and did not begin";
                    case DOWNLOADING -> "it came to " + update.percent() + " % in " + spoken(plan.patience());
                    default ->
                        "it had the file, and " + update.version() + " was not seen within " + spoken(plan.patience());
                };
        return Optional.of(Step.from(update)
                .spent(watched.spent())
                .to(State.TIMED_OUT, why, now)
                .at(now));
    }

    private static Optional<DeviceUpdate> verifying(
            DeviceUpdate update, Plan plan, Evidence evidence, Watched watched, Instant now) {
        if (evidence.restarts() >= MOST_RESTARTS) {
            return end(
                    update,
                    State.FAILED,
                    "it started again " + evidence.restarts() + " times since it runs " + update.version(),
                    evidence,
                    watched,
                    now);
        }
        if (watched.silent().compareTo(quiet(update, plan, evidence)) >= 0) {
            boolean isAllThereIs =
                    evidence.presence() == Presence.NEW && update.seenAt().isPresent();
            return end(
                    update,
                    isAllThereIs ? State.DONE : State.TIMED_OUT,
                    isAllThereIs
                            ? "it runs " + update.version()
                                    + "; it sends nothing that tells how it is, so no more is known"
                            : "it has not been heard since it installed " + update.version(),
                    evidence,
                    watched,
                    now);
        }
        if (!isWell(update, evidence)) {
            return watched.spent().compareTo(plan.patience()) >= 0
                    ? end(
                            update,
                            State.TIMED_OUT,
                            "it says that " + update.version() + " is installed, and was not seen to run it within "
                                    + spoken(plan.patience()),
                            evidence,
                            watched,
                            now)
                    : Optional.empty();
        }
        boolean isHeard = evidence.heardAt()
                .filter(at -> at.isAfter(update.verifyingSince().orElse(now)))
                .isPresent();
        boolean isLong = watched.spent().compareTo(plan.healthyFor()) >= 0;
        return isHeard && isLong && evidence.isAwake()
                ? end(update, State.DONE, done(update, plan), evidence, watched, now)
                : Optional.empty();
    }

    /** For how long nothing may be heard of it; whoever is heard only when it asks may sleep for hours once it has the image. */
    private static Duration quiet(DeviceUpdate update, Plan plan, Evidence evidence) {
        boolean hasImage = update.state() == State.INSTALLING || update.state() == State.VERIFYING;
        return evidence.presence() == Presence.NEW
                        && hasImage
                        && plan.patience().compareTo(ONLY_ASKS) < 0
                ? ONLY_ASKS
                : plan.patience();
    }

    private static String done(DeviceUpdate update, Plan plan) {
        return update.seenAt().isPresent()
                ? "it runs " + update.version() + " and was well for " + spoken(plan.healthyFor())
                : "it says that it installed " + update.version() + " and was well for " + spoken(plan.healthyFor())
                        + "; it never tells which version it runs, so no more is known";
    }

    private static Optional<DeviceUpdate> end(
            DeviceUpdate update, State state, String why, Evidence evidence, Watched watched, Instant now) {
        return Optional.of(Step.from(update)
                .restarts(evidence.restarts())
                .spent(watched.spent())
                .to(state, why, now)
                .at(now));
    }

    /** {@code 90 s}, {@code 10 min}, {@code 1 h 30 min}. */
    static String spoken(Duration span) {
        if (span.toMinutes() < 2 || span.toSecondsPart() > 0 && span.toHours() == 0) {
            return span.toSeconds() + " s";
        }
        String minutes = span.toMinutesPart() == 0 ? "" : " " + span.toMinutesPart() + " min";
        return span.toHours() == 0 ? span.toMinutes() + " min" : span.toHours() + " h" + minutes;
    }
}
