package org.caravanhub.api;

import java.time.Instant;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.Trust;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.http.Moment;

/** Whether the hub knows what time it is. */
public final class ClockHealth implements HealthCheck {
    private final HubClock clock;

    /** A check of this clock. */
    public ClockHealth(HubClock clock) {
        this.clock = clock;
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
                    "The clock shows " + shown + ", and cannot be believed: " + clock.why() + ".",
                    "Readings are kept and flagged hub_clock_unsure; nothing is summed up or deleted for its age.",
                    "Set it (`date -s`, or a network with a time server). If it is right, start with --clock trusted.");
        }
        return Health.ok(
                trust == Trust.TRUSTED
                        ? "The clock is trusted: " + shown + "."
                        : "The clock is not synchronised, and nothing speaks against it: " + shown + ".");
    }
}
