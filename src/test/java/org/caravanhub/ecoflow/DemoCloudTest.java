package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.caravanhub.demo.DemoCloud;
import org.caravanhub.ecoflow.fake.Mood;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Reading;
import org.caravanhub.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's power station, asked by the shipped flows. */
class DemoCloudTest {
    @TempDir
    Path folder;

    @Test
    void itsStationHasSunAtNoonAndNothingOfItIsDoubted() throws Exception {
        Clock noon = Clock.fixed(Instant.parse("2026-06-01T12:01:00Z"), ZoneOffset.UTC);
        try (DemoCloud cloud = new DemoCloud(noon, Mood.WELL);
                PolledHub hub = hub(cloud)) {
            hub.pass(2);

            Reading reading = hub.awaitKept(2).get(1);
            String metrics = reading.metrics().toString();
            assertThat(reading.source().device()).isEqualTo("ecoflow-DEMO0001");
            assertThat(Flag.of(reading.flags())).containsExactly(Flag.NO_DEVICE_TIME);
            assertThat(metrics)
                    .containsPattern("\"soc_percent\":7[0-9],")
                    .containsPattern("\"solar_w\":(19|20|21|22)[0-9],")
                    .contains("\"ac_out_w\":900,", "\"solar_v\":36,", "\"ac_enabled\":1")
                    .doesNotContain("\"full_min\"", "raw");
        }
    }

    @Test
    void itsMoodIsWhatAHubComplainsOf() throws Exception {
        try (DemoCloud cloud = new DemoCloud(Clock.systemUTC(), Mood.WRONG_SIGNATURE);
                PolledHub hub = hub(cloud)) {
            hub.pass(3);

            assertThat(hub.kept).isEmpty();
            assertThat(hub.raised).hasSize(1);
            assertThat(hub.raised.get(0).title()).isEqualTo("EcoFlow says that the signature is wrong (8521)");
        }
    }

    private PolledHub hub(DemoCloud cloud) throws Exception {
        Map<Setting, String> settings = cloud.settings();
        Keys keys = new Keys(
                Objects.requireNonNull(settings.get(Setting.ECOFLOW_ACCESS_KEY)),
                Objects.requireNonNull(settings.get(Setting.ECOFLOW_SECRET_KEY)));
        return new PolledHub(
                folder, Objects.requireNonNull(settings.get(Setting.ECOFLOW_HOST)), keys, Clock.systemUTC());
    }
}
