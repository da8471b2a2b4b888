package org.caravanhub.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which backups stay: the newest of each of the last days, weeks and months that have one, and for two weeks what a person made or what was
 * made before a change. The newest of all stays whatever the limits are.
 *
 * @param daily how many days
 * @param weekly how many weeks, from Monday
 * @param monthly how many months
 * @param mostBytes of all together
 */
public record Retention(int daily, int weekly, int monthly, long mostBytes) {
    /** The label of those that are made by the clock. */
    public static final String BY_THE_CLOCK = "daily";

    private static final Duration OTHERS = Duration.ofDays(14);
    private static final Comparator<BackupFile> NEWEST_FIRST = Comparator.comparing(BackupFile::madeAt)
            .thenComparing(BackupFile::name)
            .reversed();

    /** Those that may go, the oldest first. */
    public List<BackupFile> gone(List<BackupFile> all, Instant now, ZoneId zone) {
        List<BackupFile> newestFirst = all.stream().sorted(NEWEST_FIRST).toList();
        Set<BackupFile> kept = new LinkedHashSet<>();
        // One of a time to come is of a wrong clock, or came from elsewhere: the newest of the past stays beside it.
        Set<BackupFile> newest = new HashSet<>();
        newestFirst.stream().findFirst().ifPresent(newest::add);
        newestFirst.stream()
                .filter(file -> !file.madeAt().isAfter(now))
                .findFirst()
                .ifPresent(newest::add);
        kept.addAll(newest);
        newestFirst.stream().filter(file -> isOfAPerson(file, now)).forEach(kept::add);
        keep(newestFirst, daily, file -> day(file, zone), kept);
        keep(newestFirst, weekly, file -> week(day(file, zone)), kept);
        keep(newestFirst, monthly, file -> YearMonth.from(day(file, zone)), kept);
        long bytes = 0;
        List<BackupFile> gone = new ArrayList<>();
        for (BackupFile file : newestFirst) {
            bytes += kept.contains(file) ? file.bytes() : 0;
            if (!newest.contains(file) && (!kept.contains(file) || bytes > mostBytes)) {
                gone.add(0, file);
            }
        }
        return gone;
    }

    private static boolean isOfAPerson(BackupFile file, Instant now) {
        return !file.label().equals(BY_THE_CLOCK) && file.madeAt().isAfter(now.minus(OTHERS));
    }

    private static void keep(
            List<BackupFile> newestFirst, int spans, Function<BackupFile, Object> spanOf, Set<BackupFile> kept) {
        Set<Object> seen = new HashSet<>();
        for (BackupFile file : newestFirst) {
            Object span = spanOf.apply(file);
            if (seen.size() < spans && seen.add(span)) {
                kept.add(file);
            }
        }
    }

    private static LocalDate day(BackupFile file, ZoneId zone) {
        return LocalDate.ofInstant(file.madeAt(), zone);
    }

    private static Object week(LocalDate day) {
        return day.get(IsoFields.WEEK_BASED_YEAR) * 100 + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
