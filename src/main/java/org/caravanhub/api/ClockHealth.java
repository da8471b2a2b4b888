package org.caravanhub.api;

import java.time.Instant;
import org.caravanhub.clock.ClockSource;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.Trust;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.http.Moment;

/** Whether the hub knows what time it is. */
public final class ClockHealth implements HealthCheck {
    private final HubClock clock;
    private final ClockSource source;

    /** A check of this clock, which the machine has from there. */
    public ClockHealth(HubClock clock, ClockSource source) {
        this.clock = clock;
        this.source = source;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Health check() {
        Trust trust = clock.trust();
        String shown = Moment.text(Instant.ofEpochMilli(clock.millis()));
        if (trust == Trust.UNSURE) {
            return Health.warning(
                    "The clock shows " + shown + ", and cannot be believed: " + clock.why() + ". Source: "
                            + source.words() + "." + flagged(),
                    "Readings are kept and flagged hub_clock_unsure; nothing is summed up or deleted for its age.",
                    "Set it (`date -s`, or a network with a time server). If it is right, start with --clock trusted.");
        }
        boolean isTrusted = trust == Trust.TRUSTED;
        String what = (isTrusted
                        ? "The clock is trusted: " + shown
                        : "The clock is not synchronised, and nothing speaks against it: " + shown)
                + ". Source: " + source.words() + "." + flagged();
        return isTrusted && source.battery().filter(ClockSource::isOff).isPresent()
                ? Health.warning(
                        what,
                        "After a power cut with no network the hub would begin with the time of the battery clock.",
                        "Set it: sudo hwclock --systohc. If it is off again tomorrow, its battery is empty.")
                : Health.ok(what);
    }

    private String flagged() {
        long count = clock.flagged();
        return count == 0 ? "" : " " + count + " messages since the start are flagged hub_clock_unsure.";
    }
}
