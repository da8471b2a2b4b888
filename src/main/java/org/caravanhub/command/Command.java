package org.caravanhub.command;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a device was asked to do, and what has become of it.
 *
 * @param order what never changes
 * @param progress what does
 */
public record Command(Order order, Progress progress) {

    /** How far it is. The words are part of the API. */
    public enum State {
        /** Not given to the broker yet, as far as is known. */
        QUEUED,
        /** The broker has it. */
        SENT,
        /** The device has it. */
        DELIVERED,
        /** The device says that it did it; or, where devices say nothing, the broker has it. */
        DONE,
        /** The device says that it could not; or it will not be sent, or not again. */
        FAILED,
        /** Its time was up before the device said what became of it. */
        EXPIRED;

        /** Whether something can still become of it. */
        public boolean isOpen() {
            return this == QUEUED || this == SENT || this == DELIVERED;
        }

        /** The word that API and table use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one with this word. */
        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What was asked for.
     *
     * @param id its own, unlike that of every other command
     * @param device which is to do it
     * @param name what to do, in the device's word
     * @param parameters a JSON object
     * @param way in which form it goes
     * @param topic on which
     * @param idempotencyKey by which a repeated request is known; empty if there is none
     * @param createdBy who asked
     */
    public record Order(
            String id,
            String device,
            String name,
            String parameters,
            Way way,
            String topic,
            String idempotencyKey,
            String createdBy) {

        /** What an acknowledgement names it by; empty where there are none. */
        public String reference() {
            return way.isAcknowledged() ? id : "";
        }
    }

    /**
     * How far it is.
     *
     * @param reason in words, why it is so; empty if there is nothing to say
     * @param sequence its number, where the way counts; 0 before it has one
     * @param attempts how often it was, or may have been, given to the broker
     * @param taken of how many of them the broker said that it has them
     * @param createdAt when it was asked for
     * @param expiresAt from when on it is not sent any more
     * @param sentAt when the broker had it first
     * @param deliveredAt when the device was first known to have it
     * @param finishedAt when it ended
     * @param answer what the device said of it, JSON; empty if nothing
     */
    public record Progress(
            State state,
            String reason,
            long sequence,
            long attempts,
            long taken,
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> sentAt,
            Optional<Instant> deliveredAt,
            Optional<Instant> finishedAt,
            String answer) {}

    /** One that was asked for just now. */
    public static Command create(Order order, Instant now, Instant expiresAt) {
        return new Command(
                order,
                new Progress(
                        State.QUEUED,
                        "waits until the device is there and has those before it",
                        0,
                        0,
                        0,
                        now,
                        expiresAt,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ""));
    }

    /** Its id. */
    public String id() {
        return order.id();
    }

    /** Whose it is. */
    public String device() {
        return order.device();
    }

    /** How far it is. */
    public State state() {
        return progress.state();
    }
}
