package org.caravanhub.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.command.Command.Progress;
import org.caravanhub.command.Command.State;

/**
 * What may become of a command. Each step is decided on what is in the table at that moment and written in one transaction; a step that does
 * not fit any more is empty, and then nothing is changed.
 */
public final class Course {
    /** How often a command is given to the broker, at most, before it is given up. */
    public static final int MOST_ATTEMPTS = 20;

    /** A homelab device refuses commands that are older. */
    public static final Duration IOT_FRESHNESS = Duration.ofSeconds(300);

    private Course() {}

    /**
     * It is about to be given to the broker; written before that, so that a crash cannot hide it.
     *
     * @param sequence its number if it has none yet and its way counts
     */
    public static Optional<Progress> attempted(Command command, Instant now, long sequence) {
        Progress was = command.progress();
        if (was.state() != State.QUEUED && was.state() != State.SENT) {
            return Optional.empty();
        }
        boolean isFirst = was.attempts() == 0;
        Instant fresh = now.plus(IOT_FRESHNESS);
        boolean isCut = isFirst && command.order().way() == Way.IOT && fresh.isBefore(was.expiresAt());
        return Optional.of(new Progress(
                was.state(),
                was.reason(),
                was.sequence() == 0 ? sequence : was.sequence(),
                // One that may have gone out is counted already.
                Math.min(was.attempts() + 1, was.taken() + 1),
                was.taken(),
                was.createdAt(),
                isCut ? fresh : was.expiresAt(),
                was.sentAt(),
                was.deliveredAt(),
                was.finishedAt(),
                was.answer()));
    }

    /** It was certainly not given to the broker after all. */
    static Optional<Progress> notSent(Command command) {
        Progress was = command.progress();
        return was.state().isOpen() && was.attempts() > was.taken()
                ? Optional.of(with(was, was.state(), was.reason(), was.taken(), was.taken(), Optional.empty()))
                : Optional.empty();
    }

    /** The broker has it. An acknowledgement may have been faster. */
    static Optional<Progress> taken(Command command, Instant now) {
        Progress was = command.progress();
        if (was.taken() >= was.attempts()) {
            return Optional.empty();
        }
        boolean isQueued = was.state() == State.QUEUED;
        boolean isAll = isQueued && !command.order().way().isAcknowledged();
        State state = isAll ? State.DONE : isQueued ? State.SENT : was.state();
        String reason = isAll
                ? "given to the broker while the device was there; devices of this kind do not acknowledge, so no more is known"
                : isQueued ? "waits for the device to acknowledge it" : was.reason();
        return Optional.of(new Progress(
                state,
                reason,
                was.sequence(),
                was.attempts(),
                was.attempts(),
                was.createdAt(),
                was.expiresAt(),
                was.sentAt().or(() -> Optional.of(now)),
                was.deliveredAt(),
                isAll ? Optional.of(now) : was.finishedAt(),
                was.answer()));
    }

    /** The device said something of it. */
    public static Optional<Progress> acknowledged(Command command, Acknowledgement said, Instant now) {
        Progress was = command.progress();
        if (!was.state().isOpen()) {
            return was.answer().isEmpty() && was.attempts() > 0 ? Optional.of(late(was, said, now)) : Optional.empty();
        }
        return switch (said.outcome()) {
            case RECEIVED -> was.state() == State.DELIVERED ? Optional.empty() : Optional.of(received(was, now));
            case REPEATED ->
                was.attempts() > 1 || was.state() == State.DELIVERED
                        ? was.state() == State.DELIVERED ? Optional.empty() : Optional.of(received(was, now))
                        : Optional.of(answered(was, State.FAILED, said, now));
            case DONE -> Optional.of(answered(was, State.DONE, said, now));
            case FAILED -> Optional.of(answered(was, State.FAILED, said, now));
        };
    }

    /** Its time is up. */
    static Optional<Progress> expired(Command command, Instant now) {
        Progress was = command.progress();
        String why =
                switch (was.state()) {
                    case QUEUED ->
                        was.attempts() == 0
                                ? "it was not sent: before its time was up, the device was not heard, or had not done with the command before it"
                                : "its time was up; whether it was sent is not known, and the device did not acknowledge it";
                    case SENT -> "it was sent, and the device did not acknowledge it before its time was up";
                    default -> "the device has it, and did not say what became of it before its time was up";
                };
        return ended(was, State.EXPIRED, why, now);
    }

    /** It will not be done, for this reason. */
    public static Optional<Progress> failed(Command command, String why, Instant now) {
        return ended(command.progress(), State.FAILED, why, now);
    }

    /** Somebody does not want it any more, and it certainly did not go out. */
    public static Optional<Progress> cancelled(Command command, String who, Instant now) {
        Progress was = command.progress();
        return was.state() == State.QUEUED && was.attempts() == 0
                ? ended(was, State.FAILED, "cancelled by " + who + " before it was sent", now)
                : Optional.empty();
    }

    /** The clock was wrong when it was asked for; what is left of its time stays the same. */
    static Optional<Progress> moved(Command command, Duration by) {
        Progress was = command.progress();
        if (!was.state().isOpen()) {
            return Optional.empty();
        }
        return Optional.of(new Progress(
                was.state(),
                was.reason(),
                was.sequence(),
                was.attempts(),
                was.taken(),
                was.createdAt().plus(by),
                was.expiresAt().plus(by),
                was.sentAt().map(at -> at.plus(by)),
                was.deliveredAt().map(at -> at.plus(by)),
                was.finishedAt(),
                was.answer()));
    }

    private static Progress received(Progress was, Instant now) {
        return new Progress(
                State.DELIVERED,
                "the device has it",
                was.sequence(),
                was.attempts(),
                was.taken(),
                was.createdAt(),
                was.expiresAt(),
                was.sentAt().or(() -> Optional.of(now)),
                Optional.of(now),
                Optional.empty(),
                was.answer());
    }

    private static Progress answered(Progress was, State state, Acknowledgement said, Instant now) {
        return new Progress(
                state,
                said.message(),
                was.sequence(),
                was.attempts(),
                was.taken(),
                was.createdAt(),
                was.expiresAt(),
                was.sentAt().or(() -> Optional.of(now)),
                was.deliveredAt().or(() -> Optional.of(now)),
                Optional.of(now),
                said.answer());
    }

    private static Progress late(Progress was, Acknowledgement said, Instant now) {
        return new Progress(
                was.state(),
                was.reason() + "; at " + now + " it answered "
                        + said.outcome().name().toLowerCase(java.util.Locale.ROOT) + ", too late",
                was.sequence(),
                was.attempts(),
                was.taken(),
                was.createdAt(),
                was.expiresAt(),
                was.sentAt(),
                was.deliveredAt(),
                was.finishedAt(),
                said.answer());
    }

    private static Optional<Progress> ended(Progress was, State state, String why, Instant now) {
        return was.state().isOpen()
                ? Optional.of(with(was, state, why, was.attempts(), was.taken(), Optional.of(now)))
                : Optional.empty();
    }

    private static Progress with(
            Progress was, State state, String reason, long attempts, long taken, Optional<Instant> finishedAt) {
        return new Progress(
                state,
                reason,
                was.sequence(),
                attempts,
                taken,
                was.createdAt(),
                was.expiresAt(),
                was.sentAt(),
                was.deliveredAt(),
                finishedAt,
                was.answer());
    }
}
