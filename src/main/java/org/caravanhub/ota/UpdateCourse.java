package org.caravanhub.ota;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.caravanhub.ota.DeviceUpdate.State;

/**
 * What may become of a device's update when it says something. A word that does not fit any more, or was said before, is empty, and then
 * nothing is changed. An update that came to its end stays there.
 */
final class UpdateCourse {
    /** So often a device may have it whole and ask for it again. */
    static final int MOST_ATTEMPTS = 3;

    /** So many percent further is worth a row. */
    static final int PROGRESS_STEP = 10;

    /** A device says that it has installed it, and starts again some time after that. */
    static final Duration LONGEST_START = Duration.ofMinutes(2);

    private static final int LONGEST_MESSAGE = 200;

    private UpdateCourse() {}

    /**
     * It asked, and may have it; or it was told of it.
     *
     * @param version what it runs
     */
    static Optional<DeviceUpdate> offered(DeviceUpdate was, String version, Instant now) {
        if (!was.isOpen()) {
            return Optional.empty();
        }
        if (was.state() == State.WAITING) {
            return Optional.of(Step.from(was)
                    .ran(version)
                    .offered(now)
                    .spent(Duration.ZERO)
                    .to(State.OFFERED, "it was offered " + was.version(), now)
                    .at(now));
        }
        boolean isBack = was.state() == State.INSTALLING
                && Duration.between(was.changedAt(), now).compareTo(LONGEST_START) > 0;
        if (!isBack) {
            return Optional.empty();
        }
        if (was.attempts() >= MOST_ATTEMPTS) {
            String why = "it had " + was.version() + " " + was.attempts() + " times and asks for it again"
                    + (version.isEmpty() ? "" : ": it still runs " + version);
            return Optional.of(Step.from(was).to(State.FAILED, why, now).at(now));
        }
        return Optional.of(Step.from(was)
                .ran(version)
                .offered(now)
                .to(State.OFFERED, "it had " + was.version() + " and asks for it again; it was offered once more", now)
                .at(now));
    }

    /** It tells how its update goes. */
    static Optional<DeviceUpdate> reported(DeviceUpdate was, UpdateReport said) {
        boolean isOther = !said.version().isEmpty() && !Fit.isVersion(was.version(), said.version());
        boolean isUnasked = was.state() == State.WAITING
                && was.attempts() == 0
                && said.version().isEmpty();
        if (!was.isOpen() || isOther || isUnasked) {
            return Optional.empty();
        }
        Instant now = said.at();
        return switch (said.stage()) {
            case PENDING -> Optional.empty();
            case DOWNLOADING -> downloading(was, said.percent().orElse(was.percent()), now);
            case DOWNLOADED -> installing(was, "it has the file", now);
            case INSTALLING -> installing(was, "it says that it is installing", now);
            case SUCCESS -> claimed(was, now);
            case FAILED ->
                Optional.of(Step.from(was)
                        .to(State.FAILED, "it says that it failed" + message(said), now)
                        .at(now));
            case ROLLED_BACK ->
                Optional.of(Step.from(was)
                        .to(State.ROLLED_BACK, "it says that it went back" + message(said), now)
                        .at(now));
        };
    }

    /** It told which version it runs, without being asked how its update goes. */
    static Optional<DeviceUpdate> seen(DeviceUpdate was, String version, Duration healthyFor, Instant now) {
        if (!was.isOpen() || version.isEmpty()) {
            return Optional.empty();
        }
        return Fit.isVersion(was.version(), version)
                ? seenNew(was, now)
                : was.state() == State.VERIFYING ? seenOld(was, version, healthyFor, now) : Optional.empty();
    }

    /** It runs the new version, whatever it told of itself. */
    static Optional<DeviceUpdate> seenNew(DeviceUpdate was, Instant now) {
        if (!was.isOpen() || was.seenAt().isPresent()) {
            return Optional.empty();
        }
        String why = "it runs " + was.version() + " since " + now.truncatedTo(ChronoUnit.SECONDS)
                + "; it is watched whether it stays well";
        return Optional.of(Step.from(was)
                .started(now)
                .verifying(now)
                .seen(now)
                .to(State.VERIFYING, why, now)
                .at(now));
    }

    /** Nobody is offered it now: who has only been offered it, or asks again while it should be downloading, waits. */
    static Optional<DeviceUpdate> held(DeviceUpdate was, Instant now) {
        boolean isHeld = was.state() == State.OFFERED || was.state() == State.DOWNLOADING;
        return was.isOpen() && isHeld
                ? Optional.of(Step.from(was)
                        .percent(0)
                        .to(State.WAITING, "the rollout is paused", now)
                        .at(now))
                : Optional.empty();
    }

    /** Its rollout ended: who has not begun never will. */
    static Optional<DeviceUpdate> left(DeviceUpdate was, String why, Instant now) {
        boolean isEarly = was.state() == State.WAITING || was.state() == State.OFFERED;
        return was.isOpen() && isEarly
                ? Optional.of(Step.from(was)
                        .to(State.WAITING, why, now)
                        .over(why, now)
                        .at(now))
                : Optional.empty();
    }

    /** Its device is gone. */
    static Optional<DeviceUpdate> orphaned(DeviceUpdate was, Instant now) {
        if (!was.isOpen()) {
            return Optional.empty();
        }
        String why = "the device was removed";
        return was.state() == State.WAITING
                ? Optional.of(Step.from(was).over(why, now).at(now))
                : Optional.of(Step.from(was).to(State.FAILED, why, now).at(now));
    }

    private static Optional<DeviceUpdate> downloading(DeviceUpdate was, int percent, Instant now) {
        int held = Math.max(0, Math.min(100, percent));
        boolean isFurther = was.state() == State.DOWNLOADING
                && (held >= was.percent() + PROGRESS_STEP || held == 100 && was.percent() < 100);
        boolean isFirst = was.state() == State.WAITING || was.state() == State.OFFERED;
        return isFirst || isFurther
                ? Optional.of(Step.from(was)
                        .percent(held)
                        .started(now)
                        .to(State.DOWNLOADING, "it is downloading", now)
                        .at(now))
                : Optional.empty();
    }

    private static Optional<DeviceUpdate> installing(DeviceUpdate was, String why, Instant now) {
        return was.state().compareTo(State.INSTALLING) < 0
                ? Optional.of(Step.from(was)
                        .percent(100)
                        .started(now)
                        .to(State.INSTALLING, why, now)
                        .at(now))
                : Optional.empty();
    }

    private static Optional<DeviceUpdate> claimed(DeviceUpdate was, Instant now) {
        return was.state() == State.VERIFYING
                ? Optional.empty()
                : Optional.of(Step.from(was)
                        .started(now)
                        .verifying(now)
                        .spent(Duration.ZERO)
                        .to(
                                State.VERIFYING,
                                "it says that " + was.version() + " is installed; it has not been seen to run it yet",
                                now)
                        .at(now));
    }

    private static Optional<DeviceUpdate> seenOld(DeviceUpdate was, String version, Duration healthyFor, Instant now) {
        Instant since = was.verifyingSince().orElse(now);
        if (was.seenAt().isPresent()) {
            // What it had told before, and arrives now, says nothing.
            return now.isAfter(since)
                    ? Optional.of(Step.from(was)
                            .to(
                                    State.ROLLED_BACK,
                                    "it ran " + was.version() + " from " + since.truncatedTo(ChronoUnit.SECONDS)
                                            + " on, and runs " + version
                                            + " again",
                                    now)
                            .at(now))
                    : Optional.empty();
        }
        Duration grace = healthyFor.compareTo(LONGEST_START) < 0 ? healthyFor : LONGEST_START;
        return Duration.between(since, now).compareTo(grace) > 0
                ? Optional.of(Step.from(was)
                        .to(
                                State.FAILED,
                                "it said at " + since + " that " + was.version() + " is installed, and runs " + version
                                        + ": what it says does not count",
                                now)
                        .at(now))
                : Optional.empty();
    }

    private static String message(UpdateReport said) {
        if (said.message().isEmpty()) {
            return "";
        }
        String text = said.message();
        return ": " + (text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text);
    }
}
