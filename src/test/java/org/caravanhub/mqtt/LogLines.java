package org.caravanhub.mqtt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens to what the component says in the log. */
final class LogLines implements AutoCloseable {
    private final Logger logger = Logger.getLogger("org.caravanhub.mqtt");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logRecord) {
            records.add(logRecord);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    LogLines() {
        logger.addHandler(handler);
    }

    /** The warnings so far that hold this text. */
    List<String> warnings(String text) {
        return records.stream()
                .filter(entry -> entry.getLevel() == Level.WARNING)
                .map(LogRecord::getMessage)
                .filter(message -> message.contains(text))
                .toList();
    }

    /** Everything so far, at any level. */
    List<String> all() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
