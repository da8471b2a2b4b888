package org.caravanhub.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.caravanhub.health.Health;
import org.junit.jupiter.api.Test;

/** Answers of {@code systemctl show caravan}. */
class ServiceLookTest {
    @Test
    void aServiceThatHasGivenUpSaysHowItEnded() {
        Health health =
                ServiceLook.judge(shown("failed", "exit-code", 6, 8, "enabled")).orElseThrow();

        assertThat(health.state()).isEqualTo(Health.State.PROBLEM);
        assertThat(health.what())
                .isEqualTo(
                        "The service has given up: it ended by itself with code 6, started again by itself 8 times.");
        assertThat(health.fix()).contains("journalctl -u caravan", "reset-failed");
    }

    @Test
    void oneThatComesBackAgainAndAgainIsNotWellThoughItRuns() {
        assertThat(ServiceLook.judge(shown("active", "success", 0, 4, "enabled"))
                        .orElseThrow()
                        .state())
                .isEqualTo(Health.State.WARNING);
        assertThat(ServiceLook.judge(shown("active", "success", 0, 0, "enabled")))
                .contains(Health.ok("The service runs."));
    }

    @Test
    void oneThatIsNotStartedWithTheMachineIsTold() {
        assertThat(ServiceLook.judge(shown("active", "success", 0, 0, "disabled"))
                        .orElseThrow()
                        .fix())
                .isEqualTo("sudo systemctl enable caravan");
    }

    @Test
    void whereThereIsNoSuchUnitThereIsNothingToTell() {
        assertThat(ServiceLook.judge("LoadState=not-found\nActiveState=inactive\n"))
                .isEmpty();
    }

    private static String shown(String active, String result, int status, int restarts, String enabled) {
        return """
                Result=%s
                NRestarts=%d
                ExecMainStatus=%d
                LoadState=loaded
                ActiveState=%s
                SubState=running
                UnitFileState=%s
                """.formatted(result, restarts, status, active, enabled);
    }
}
