package org.caravanhub.log;

import java.util.HashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Lets a library say a few things a minute and no more: Camel's error handler writes for each message that fails, and a poisoned
 * queue would fill the disk with it. The hub's own lines pass; they are written once for each change of state.
 */
final class Sparing implements Filter {
    private static final int LINES_A_MINUTE = 5;
    private static final long MINUTE_MILLIS = 60_000;
    private static final String OURS = "org.caravanhub.";

    private final Map<String, Minute> minutes = new HashMap<>();

    /** What a logger has said in the minute that began then. */
    private static final class Minute {
        private long began;
        private int lines;
        private int kept;
    }

    @Override
    public synchronized boolean isLoggable(LogRecord entry) {
        String logger = String.valueOf(entry.getLoggerName());
        if (logger.startsWith(OURS)) {
            return true;
        }
        Minute minute = minutes.computeIfAbsent(logger, first -> new Minute());
        if (entry.getMillis() - minute.began >= MINUTE_MILLIS || entry.getMillis() < minute.began) {
            minute.began = entry.getMillis();
            minute.lines = 0;
            if (minute.kept > 0) {
                entry.setMessage("(" + minute.kept + " lines like this were left out) " + entry.getMessage());
                minute.kept = 0;
            }
        }
        if (minute.lines >= LINES_A_MINUTE) {
            minute.kept++;
            return false;
        }
        minute.lines++;
        return true;
    }
}
