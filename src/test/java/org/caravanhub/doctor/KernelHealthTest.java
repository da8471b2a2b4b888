package org.caravanhub.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.caravanhub.health.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelHealthTest {
    @TempDir
    Path data;

    @Test
    void theHubTellsWhatTheTimerHasReadForItWithItsAge() throws IOException {
        KernelHealth health = at("2026-06-01T12:00:00Z");
        assertThat(health.isThere()).isFalse();

        Files.createDirectories(data.resolve("health"));
        Files.writeString(data.resolve("health/doctor.json"), """
                {"line":"OK","at":"2026-06-01T11:56:00Z","checks":[
                {"name":"kernel","group":"machine","state":"warning","what":"3 errors.","why":"w","fix":"f"}]}
                """);

        assertThat(health.isThere()).isTrue();
        assertThat(health.check()).isEqualTo(Health.warning("3 errors. Looked at 4 min ago.", "w", "f"));
        assertThat(at("2026-06-01T18:00:00Z").check())
                .isEqualTo(Health.ok(
                        "Nobody has told what the kernel's log says for 6 h: systemctl status caravan-health.timer."));
    }

    private KernelHealth at(String now) {
        return new KernelHealth(data, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }
}
