package org.caravanhub.command;

import java.util.Locale;

/**
 * In which form a command goes to a device. {@code docs/reference/commands.md} has each with an example.
 */
public enum Way {
    /** {@code caravan/{device}/cmd}, acknowledged on {@code cmd/ack}. */
    CARAVAN(true),
    /** {@code paku/{device}/cmd}, acknowledged on {@code state} or {@code event/ack}. */
    PAKU_DEVICE(true),
    /** {@code {site}/{system}/{device}/control}; nothing comes back. */
    PAKU_CONTROL(false),
    /** {@code {site}/heater/{device}/cmd}; nothing comes back. */
    PAKU_HEATER(false),
    /** {@code iot/…/commands}, signed and numbered, answered on {@code commands/response}. */
    IOT(true),
    /** {@code {prefix}/{component}/{object}/command}; nothing comes back. */
    ESPHOME(false);

    private final boolean isAcknowledged;

    Way(boolean isAcknowledged) {
        this.isAcknowledged = isAcknowledged;
    }

    /** Whether the device says what became of it, naming it, so that it can tell a repeat from a new one. */
    public boolean isAcknowledged() {
        return isAcknowledged;
    }

    /** Whether its commands are numbered, and each number is higher than the one before. */
    public boolean isNumbered() {
        return this == IOT;
    }

    /** The word in the table. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with this word. */
    public static Way of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
