package org.caravanhub.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class OneLineTest {
    @Test
    void aTopicWithALineFeedAndTerminalCodesStaysOneHarmlessLine() {
        LogRecord entry = new LogRecord(Level.WARNING, "topic=\"a\n2026 INFO login ok\u001b[31m\"");
        entry.setLoggerName("org.caravanhub.mqtt.Session");
        entry.setThrown(new IllegalStateException("first\r\nsecond"));

        String line = new OneLine(true).format(entry);

        assertThat(line)
                .startsWith("<4>WARN  mqtt.Session topic=\"a\\u000a2026 INFO login ok\\u001b[31m\"")
                .contains("cause=IllegalStateException \"first\\u000d\\u000asecond\" at=OneLineTest.java:")
                .endsWith("\n");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void aLibraryThatRepeatsItselfIsHeardFiveTimesAMinuteAndToldHowOftenItWasNot() {
        Sparing sparing = new Sparing();
        int heard = 0;
        for (int i = 0; i < 100; i++) {
            heard += sparing.isLoggable(at(1000, "failed")) ? 1 : 0;
        }
        LogRecord later = at(62_000, "failed");

        assertThat(heard).isEqualTo(5);
        assertThat(sparing.isLoggable(later)).isTrue();
        assertThat(new OneLine(true).format(later)).contains("(95 lines like this were left out) failed");
    }

    private static LogRecord at(long millis, String message) {
        LogRecord entry = new LogRecord(Level.SEVERE, message);
        entry.setLoggerName("org.apache.camel.processor.errorhandler.DefaultErrorHandler");
        entry.setInstant(java.time.Instant.ofEpochMilli(millis));
        return entry;
    }
}
