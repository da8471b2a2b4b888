package org.caravanhub.doctor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.caravanhub.clock.ClockSource;
import org.caravanhub.health.Health;

/** Whether the machine's clock can be right. */
public final class ClockLook {
    private ClockLook() {}

    /**
     * @param built when the program was built
     * @param known the newest time that the database knows, if it could be looked at
     */
    public static Health look(Instant now, Instant built, Optional<Instant> known, ClockSource source) {
        String shown = "The clock shows " + now.truncatedTo(ChronoUnit.SECONDS) + "; source: " + source.words() + ".";
        Optional<String> wrong = now.isBefore(built)
                ? Optional.of("before this program was built")
                : known.filter(now::isBefore).map(at -> "before " + at + ", which the database knows");
        if (wrong.isPresent()) {
            return Health.warning(
                    shown + " That is " + wrong.get() + ".",
                    "Readings are kept and flagged; nothing is summed up or deleted for its age.",
                    "Set it: sudo date -s '2026-06-01 12:00', or a network with a time server.");
        }
        return source.battery().filter(ClockSource::isOff).isPresent()
                ? Health.warning(
                        shown,
                        "After a power cut with no network the machine begins with the time of the battery clock.",
                        "If the time above is right: sudo hwclock --systohc. If it is off again tomorrow, its battery is empty.")
                : Health.ok(shown);
    }
}
