package org.caravanhub.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When something runs, again and again. */
public sealed interface Timing {
    /** So long after it ran last, whatever the clock does. */
    record Period(Duration length) implements Timing {}

    /**
     * At times of the day, on days of the week. On the day on which a time does not exist, since the clock goes forward, it is the same time
     * later; on the day on which it exists twice, it is the first.
     */
    record Calendar(Set<DayOfWeek> days, List<LocalTime> times) implements Timing {
        /** The first time after this one. */
        Instant next(Instant after, ZoneId zone) {
            LocalDate first = after.atZone(zone).toLocalDate();
            for (int i = 0; i <= 8; i++) {
                LocalDate day = first.plusDays(i);
                Optional<Instant> next = days.contains(day.getDayOfWeek()) ? next(day, after, zone) : Optional.empty();
                if (next.isPresent()) {
                    return next.get();
                }
            }
            throw new IllegalStateException("no time on any day of the week");
        }

        private Optional<Instant> next(LocalDate day, Instant after, ZoneId zone) {
            return times.stream()
                    .map(time -> day.atTime(time).atZone(zone).toInstant())
                    .filter(instant -> instant.isAfter(after))
                    .min(Instant::compareTo);
        }
    }

    /** The parts of a period. */
    Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /**
     * Reads a timing: {@code 15m}, {@code 1h30m}; {@code day}, {@code monday,thursday} with the times of the day.
     *
     * @param at {@code 06:30}, or several separated by commas; empty for a period, and for midnight
     * @throws IllegalArgumentException if it is none, saying what would be
     */
    static Timing of(String word, String at) {
        Optional<Duration> period = period(word);
        if (period.isPresent()) {
            if (!at.isEmpty()) {
                throw new IllegalArgumentException("at belongs to days; write every:day with at: " + at);
            }
            if (period.get().compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("every:" + word + " is too often; a flow runs at most each second");
            }
            return new Period(period.get());
        }
        return new Calendar(days(word), times(at.isEmpty() ? "00:00" : at));
    }

    private static Optional<Duration> period(String word) {
        Matcher part = PART.matcher(word);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.lookingAt()) {
            sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
            end = part.end();
            part.region(end, word.length());
        }
        return end > 0 && end == word.length() ? Optional.of(sum) : Optional.empty();
    }

    private static Duration unit(String letters) {
        return switch (letters) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    private static Set<DayOfWeek> days(String words) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String word : words.split(",", -1)) {
            days.addAll(day(words, word.strip().toLowerCase(Locale.ROOT)));
        }
        return days;
    }

    private static Set<DayOfWeek> day(String all, String word) {
        return switch (word) {
            case "day" -> EnumSet.allOf(DayOfWeek.class);
            case "weekday" -> EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
            case "weekend" -> EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
            default ->
                EnumSet.of(Arrays.stream(DayOfWeek.values())
                        .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("every:" + all
                                + " is no time; write 15m, 1h30m, day, weekday, weekend, or days such as"
                                + " monday,thursday")));
        };
    }

    private static List<LocalTime> times(String at) {
        try {
            return Arrays.stream(at.split(",", -1))
                    .map(time -> LocalTime.parse(time.strip(), DateTimeFormatter.ofPattern("H:mm[:ss]")))
                    .sorted()
                    .toList();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "at is \"" + at + "\"; it must be times of the day such as 06:30 or 06:30,18:00", e);
        }
    }
}
