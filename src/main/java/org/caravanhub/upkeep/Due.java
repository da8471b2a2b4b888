package org.caravanhub.upkeep;

import java.time.Duration;
import java.util.Map;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.Trust;

/**
 * What is due in a run of upkeep, as values for its statements: which hours are over, and what may go. Nothing may go because a clock
 * jumped: while the hub is unsure of the time, what is deleted by age is nothing.
 */
public final class Due {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    /** Before any hour that there can be. */
    private static final long NEVER = -1;

    private final Limits limits;
    private final HubClock clock;

    /**
     * How long and how much is kept.
     *
     * @param rawDays readings as they came
     * @param fiveMinuteDays their 5 minutes
     * @param budgetBytes room for all
     * @param energyGap the longest time between two readings that has energy, at most {@link Due#LONGEST_ENERGY_GAP}
     */
    public record Limits(long rawDays, long fiveMinuteDays, long budgetBytes, Duration energyGap) {}

    /** Two readings of a power that are further apart say nothing of what was between them. */
    public static final Duration LONGEST_ENERGY_GAP = Duration.ofHours(1);

    /** What these limits say by this clock. */
    public Due(Limits limits, HubClock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Whether anything is: not while nobody knows which hour is over. */
    public boolean isAnything() {
        return clock.trust() != Trust.UNSURE;
    }

    /** Values for the statements of {@code sql/upkeep}. */
    public Map<String, Object> values() {
        long now = clock.millis();
        boolean isSure = clock.mayForget();
        long gap = limits.energyGap().toMillis();
        return Map.of(
                "known",
                now,
                "this_hour",
                now / HOUR,
                "today",
                now / DAY,
                "look_back",
                (gap + 59_999) / 60_000,
                "gap_ms",
                gap,
                "raw_before",
                isSure ? now / HOUR - 24 * limits.rawDays() : NEVER,
                "budget_before",
                isSure ? now / HOUR - 24 : NEVER,
                "five_minutes_before",
                isSure ? now / HOUR - 24 * limits.fiveMinuteDays() : NEVER,
                "budget_bytes",
                limits.budgetBytes());
    }
}
