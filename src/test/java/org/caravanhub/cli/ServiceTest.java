package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTest {
    private static final List<String> WORDS =
            List.of("/etc/caravan/caravan.properties:12: unknown setting \"caravan.http.prot\"");

    @Test
    void aHubThatHasGivenUpSaysInItsOwnWordsWhy() {
        Service service = new Service(
                Map.of(
                        "ActiveState", "failed",
                        "SubState", "failed",
                        "Result", "exit-code",
                        "NRestarts", "7",
                        "ExecMainStatus", "6"),
                WORDS);

        assertThat(service.describe())
                .contains("has given up after 7 new starts (code 6, exit code)", "unknown setting");
    }

    @Test
    void aHubThatItsOwnerHasStoppedHasNoLastWords() {
        Service service =
                new Service(Map.of("ActiveState", "inactive", "SubState", "dead", "Result", "success"), WORDS);

        assertThat(service.describe()).isEqualTo("Service   caravan is stopped\n");
    }
}
