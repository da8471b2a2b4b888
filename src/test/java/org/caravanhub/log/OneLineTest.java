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
}
