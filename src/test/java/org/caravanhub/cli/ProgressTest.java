package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.caravanhub.Await;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Surroundings here(boolean terminal, int columns) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Surroundings(stream, stream, Map.of(), Path.of("."), terminal, terminal, columns, Clock.systemUTC());
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onATerminalABarMovesWithinTheWidthAndIsTakenAway() {
        try (Progress progress = new Progress(here(true, 60), "Sending", false)) {
            Await.until("a bar", Duration.ofSeconds(5), () -> {
                progress.at(50, 100, 1234567);
                return !shown().isEmpty();
            });
        }

        assertThat(shown()).endsWith(" \r");
        assertThat(shown().split("\r")).allMatch(line -> line.length() < 60).anySatisfy(line -> assertThat(line)
                .startsWith("Sending  [############------------]  50 %  1,234,567"));
    }

    @Test
    void elsewhereNothingIsSaidInTheFirstTenSecondsAndQuietMeansNothing() {
        try (Progress lines = new Progress(here(false, 80), "Sending", false);
                Progress quiet = new Progress(here(true, 80), "Sending", true)) {
            for (int i = 0; i < 1000; i++) {
                lines.at(i, 1000, i);
                quiet.at(i, 1000, i);
            }
        }

        assertThat(shown()).isEmpty();
    }
}
