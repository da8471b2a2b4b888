package org.caravanhub.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path data;

    @Test
    void aHubThatIsStoppedAndStartedOftenIsWellAndOneThatCrashesIsNot() {
        for (int minute = 0; minute < 6; minute++) {
            at(minute).note().close();
        }
        assertThat(at(7).check()).isEqualTo(Health.ok("Started 6 times in the last day."));

        for (int minute = 10; minute < 14; minute++) {
            at(minute).note();
        }
        assertThat(at(15).check().what())
                .isEqualTo("Started 10 times in the last hour, 3 of them after a crash, a kill or a power cut.");

        assertThat(at(80).check().state()).as("an hour later").isEqualTo(Health.State.OK);
    }

    @Test
    void theFileStaysSmallAndAClockOf1970DoesNotCount() throws IOException {
        Starts first = new Starts(data, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        for (int i = 0; i < 250; i++) {
            first.note();
        }

        assertThat(Files.readAllLines(data.resolve("health/starts"))).hasSizeLessThanOrEqualTo(200);
        assertThat(at(0).note().check())
                .isEqualTo(Health.ok("Started once in the last day, 1 of them without having been stopped before."));
    }

    private Starts at(int minute) {
        return new Starts(data, Clock.fixed(NOON.plus(Duration.ofMinutes(minute)), ZoneOffset.UTC));
    }
}
