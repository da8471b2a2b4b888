package org.caravanhub.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.text.Plain;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 24h}, {@code 5m}, {@code 30s}, {@code 7d}, {@code 2w}. */
final class Span implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smhdw])");

    /** So long before now, as the API reads it: {@code -7d}. */
    static String back(Duration span) {
        if (span.toSeconds() % 86_400 == 0) {
            return "-" + span.toDays() + "d";
        }
        if (span.toSeconds() % 3_600 == 0) {
            return "-" + span.toHours() + "h";
        }
        return span.toSeconds() % 60 == 0 ? "-" + span.toMinutes() + "m" : "-" + span.toSeconds() + "s";
    }

    @Override
    public Duration convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new TypeConversionException(
                    "\"" + Plain.line(text) + "\" is no span of time; write 30s, 5m, 24h, 7d or 2w");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }
}
