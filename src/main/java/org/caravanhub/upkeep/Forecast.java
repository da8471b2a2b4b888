package org.caravanhub.upkeep;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How long the room lasts.
 *
 * @param usedBytes what is used
 * @param budgetBytes what may be used
 * @param freeBytes what is free on the disk; nothing is known of that of a database elsewhere
 * @param bytesPerDay how much is added a day, measured over the last week; nothing is known in the first day
 * @param fullInDays when the budget or the disk is full at that rate, whichever is first; nothing if it does not grow
 */
public record Forecast(
        long usedBytes, long budgetBytes, OptionalLong freeBytes, OptionalLong bytesPerDay, OptionalLong fullInDays) {
    private static final double DAY_MS = 86_400_000;
    private static final long MB = 1024 * 1024;
    /** Longer than anybody plans. */
    private static final long FOR_EVER_DAYS = 36_500;

    /**
     * From what was used on the last days.
     *
     * @param usedByDay bytes at the beginning of a day (ms / 86400000), the oldest first
     */
    public static Forecast of(
            long nowMs, long usedBytes, long budgetBytes, OptionalLong freeBytes, Map<Long, Long> usedByDay) {
        OptionalLong perDay = OptionalLong.empty();
        if (!usedByDay.isEmpty()) {
            Map.Entry<Long, Long> oldest = usedByDay.entrySet().iterator().next();
            double days = nowMs / DAY_MS - oldest.getKey();
            if (days >= 1) {
                perDay = OptionalLong.of(Math.round((usedBytes - oldest.getValue()) / days));
            }
        }
        long room = Math.max(0, Math.min(budgetBytes - usedBytes, freeBytes.orElse(Long.MAX_VALUE)));
        OptionalLong full = perDay.isPresent() && perDay.getAsLong() > 0 && room / perDay.getAsLong() < FOR_EVER_DAYS
                ? OptionalLong.of(room / perDay.getAsLong())
                : OptionalLong.empty();
        return new Forecast(usedBytes, budgetBytes, freeBytes, perDay, full);
    }

    /** Whether the disk is full before the budget is. */
    public boolean isDiskFirst() {
        return freeBytes.isPresent() && freeBytes.getAsLong() < budgetBytes - usedBytes;
    }

    /** {@code 35 of 4096 MB are used, 9 MB more a day, full in 412 days}. */
    public String words() {
        String used = usedBytes / MB + " of " + budgetBytes / MB + " MB are used";
        if (usedBytes >= budgetBytes) {
            return used + "; the oldest raw readings make room";
        }
        if (fullInDays.isPresent()) {
            long perDay = bytesPerDay.orElse(0);
            String growth = perDay < MB ? "less than 1 MB" : perDay / MB + " MB";
            return used + ", " + growth + " more a day, full in " + fullInDays.getAsLong() + " days"
                    + (isDiskFirst() ? " (the disk)" : "");
        }
        return used + (bytesPerDay.isPresent() ? ", and it does not grow" : ", growth is known after a day");
    }
}
