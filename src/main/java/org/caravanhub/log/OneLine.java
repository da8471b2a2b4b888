package org.caravanhub.log;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.caravanhub.text.Hidden;
import org.caravanhub.text.Plain;

/**
 * {@code 2026-06-01T12:00:00.000Z WARN  store.GroupCommit store=blocked ...}: one line whatever the message holds, so that nobody
 * can write a line of their own by putting a line feed or a terminal's escape codes into a topic.
 */
final class OneLine extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXX").withZone(ZoneId.systemDefault());
    private static final String OURS = "org.caravanhub.";

    private final boolean underSystemd;

    /** @param underSystemd whether the journal reads this: it knows the time, and takes the priority from the line's beginning */
    OneLine(boolean underSystemd) {
        this.underSystemd = underSystemd;
    }

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(160);
        if (underSystemd) {
            line.append('<').append(priority(entry.getLevel())).append('>');
        } else {
            TIME.formatTo(entry.getInstant(), line);
            line.append(' ');
        }
        line.append(word(entry.getLevel())).append(' ').append(shortName(entry.getLoggerName()));
        line.append(' ');
        String message = formatMessage(entry);
        // A library that writes tables over many lines has said what matters in the first.
        line.append(
                Plain.line(isOurs(entry) ? message : message.lines().findFirst().orElse("")));
        for (Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
            line.append(" cause=").append(cause.getClass().getSimpleName()).append(" \"");
            line.append(Plain.line(String.valueOf(cause.getMessage())));
            line.append('"');
            appendPlace(cause, line);
        }
        return Hidden.andAlike(line.toString()) + '\n';
    }

    private static boolean isOurs(LogRecord entry) {
        return String.valueOf(entry.getLoggerName()).startsWith(OURS);
    }

    private static void appendPlace(Throwable cause, StringBuilder line) {
        StackTraceElement[] trace = cause.getStackTrace();
        if (trace.length > 0) {
            line.append(" at=").append(trace[0].getFileName()).append(':').append(trace[0].getLineNumber());
        }
    }

    private static String shortName(@org.jspecify.annotations.Nullable String logger) {
        if (logger == null) {
            return "-";
        }
        return logger.startsWith(OURS)
                ? logger.substring(OURS.length())
                : logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static String word(Level level) {
        return switch (priority(level)) {
            case 3 -> "ERROR";
            case 4 -> "WARN ";
            case 6 -> "INFO ";
            default -> "DEBUG";
        };
    }

    /** As syslog numbers them. */
    private static int priority(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return 3;
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return 4;
        }
        return level.intValue() >= Level.INFO.intValue() ? 6 : 7;
    }
}
