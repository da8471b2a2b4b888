package org.caravanhub.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.caravanhub.message.Message;
import org.caravanhub.ota.UpdateReport.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form in which a device tells how its update goes, and those that cost paku's collector the message. */
final class ReportReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status   | {}                                          | PENDING     |  -1",
                "status   | {\"status\":\"downloading\"}                | DOWNLOADING |  -1",
                "status   | {\"state\":\"whatever\"}                    | PENDING     |  -1",
                "progress | {\"state\":\"downloading\",\"percent\":40}  | DOWNLOADING |  40",
                "progress | {\"state\":\"VERIFYING\",\"percent\":100}   | DOWNLOADED  | 100",
                "progress | {\"state\":\"installing\"}                  | INSTALLING  |  -1",
                "progress | {\"percent\":\"60\"}                        | DOWNLOADING |  60",
                "progress | {\"percent\":50.6}                          | DOWNLOADING |  51",
                "progress | {\"percent\":101}                           | DOWNLOADING | 100",
                "progress | {\"percent\":-1}                            | DOWNLOADING |   0",
                "progress | {\"percent\":1e300}                         | DOWNLOADING | 100",
                "progress | {\"percent\":\"NaN\",\"state\":null}        | DOWNLOADING |  -1",
                "progress | {\"percent\":{}}                            | DOWNLOADING |  -1",
                "result   | {\"success\":true}                          | SUCCESS     |  -1",
                "result   | {\"success\":\"True\"}                      | SUCCESS     |  -1",
                "result   | {\"success\":1}                             | SUCCESS     |  -1",
                "result   | {\"success\":false}                         | FAILED      |  -1",
                "result   | {\"success\":\"false\"}                     | FAILED      |  -1",
                "result   | {\"success\":0}                             | FAILED      |  -1",
                "result   | {\"success\":false,\"state\":\"rolled_back\"} | ROLLED_BACK |  -1",
            })
    void whatItMeans(String topic, String payload, Stage stage, int percent) {
        UpdateReport report = read(topic, payload);

        assertThat(report.stage()).isEqualTo(stage);
        assertThat(report.percent().orElse(-1)).isEqualTo(percent);
        assertThat(report.device()).isEqualTo("ESP32-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "progress | []",
                "progress | null",
                "progress | {",
                "progress | ''",
                "progress | {\"a\":1}{}",
                "result   | {}",
                "result   | {\"success\":null}",
                "result   | {\"success\":\"maybe\"}",
                "result   | {\"success\":[]}",
            })
    void whatIsNoReportSaysWhy(String topic, String payload) {
        assertThatThrownBy(() -> read(topic, payload)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theVersionIsThatOfTheTargetAndMayBeMissing() {
        assertThat(read("status", "{\"target_version\":\"2\",\"version\":\"1\"}")
                        .version())
                .isEqualTo("2");
        assertThat(read("status", "{\"version\":\"1\"}").version()).isEqualTo("1");
        assertThat(read("status", "{\"version\":7}").version()).isEmpty();
    }

    @Test
    void aNameThatIsNoDeviceIsRefused() {
        Message odd = Message.of("paku/edge/a b/ota/status", new byte[] {'{', '}'}, Instant.EPOCH);
        assertThatThrownBy(() -> ReportReader.read(odd)).isInstanceOf(IllegalArgumentException.class);
    }

    private static UpdateReport read(String topic, String payload) {
        return ReportReader.read(
                Message.of("paku/edge/ESP32-1/ota/" + topic, payload.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }
}
