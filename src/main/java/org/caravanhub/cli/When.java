package org.caravanhub.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.caravanhub.text.Plain;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a moment: {@code 2026-06-01}, {@code 2026-06-01T12:00:00Z}, or back from now as {@code 7d}. */
final class When implements ITypeConverter<When.Moment> {
    /** A moment, or a span before the one at which it is asked. */
    record Moment(Instant instant, Duration back) {
        Instant at(Clock clock) {
            return back.isZero() ? instant : clock.instant().minus(back);
        }
    }

    @Override
    public Moment convert(String text) {
        try {
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return at(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            if (text.contains("T")) {
                return at(OffsetDateTime.parse(text).toInstant());
            }
            return new Moment(Instant.EPOCH, new Span().convert(text));
        } catch (DateTimeException | TypeConversionException e) {
            throw new TypeConversionException("\"" + Plain.line(text)
                    + "\" is no moment; write 2026-06-01, 2026-06-01T12:00:00Z, or back from now 24h, 7d, 2w");
        }
    }

    private static Moment at(Instant instant) {
        return new Moment(instant, Duration.ZERO);
    }
}
