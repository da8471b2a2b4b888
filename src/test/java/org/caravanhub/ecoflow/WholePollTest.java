package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.caravanhub.Await;
import org.caravanhub.Caravan;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With two keys in its environment a hub has a power station; without, it has not even the flow. */
class WholePollTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void keysAreAllThatIsNeededAndNobodyReadsThem() throws Exception {
        try (FakeEcoFlowCloud cloud = new FakeEcoFlowCloud().with("DCABZ1", "DELTA Pro", true, MeasuredTest.DELTA_PRO);
                Caravan hub = hub(Map.of(
                        "CARAVAN_ECOFLOW_ACCESS_KEY", FakeEcoFlowCloud.KEYS.access(),
                        "CARAVAN_ECOFLOW_SECRET_KEY", FakeEcoFlowCloud.KEYS.secret(),
                        "CARAVAN_ECOFLOW_HOST", cloud.url(),
                        "CARAVAN_ECOFLOW_INTERVAL", "1s"))) {
            Await.until("a reading", Duration.ofSeconds(60), () -> get(hub, "/api/v1/devices/ecoflow-DCABZ1")
                    .contains("\"soc_percent\":38"));

            assertThat(get(hub, "/api/v1/flows/ask-ecoflow") + hub.settings() + get(hub, "/api/v1/health"))
                    .contains("get-from-ecoflow")
                    .doesNotContain(FakeEcoFlowCloud.KEYS.access(), FakeEcoFlowCloud.KEYS.secret());
            assertThat(get(hub, "/api/v1/quarantine")).contains("\"items\":[]");
        }
    }

    @Test
    void withoutKeysThereIsNoFlowForIt() throws Exception {
        try (Caravan hub = hub(Map.of("CARAVAN_ECOFLOW_ACCESS_KEY", "only-one-of-them"))) {
            assertThat(get(hub, "/api/v1/flows")).contains("paku-data").doesNotContain("poll-ecoflow", "ask-ecoflow");
        }
    }

    private Caravan hub(Map<String, String> ecoflow) {
        Map<String, String> environment = new HashMap<>(ecoflow);
        environment.put("CARAVAN_BROKER", "off");
        environment.put("CARAVAN_HTTP_HOST", "127.0.0.1");
        environment.put("CARAVAN_CLOCK", "trusted");
        Map<Setting, String> options = Map.of(
                Setting.DATA,
                folder.toString(),
                Setting.HTTP_PORT,
                "0",
                Setting.ROUTES,
                Path.of("routes").toAbsolutePath().toString());
        return Caravan.start(SettingsReader.read(Path.of("."), environment, options, null), EmulatedDevices.NONE);
    }

    private static String get(Caravan hub, String path) {
        URI address = URI.create("http://127.0.0.1:" + hub.facts().httpPort() + path);
        HttpRequest asked = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + hub.facts().token().text())
                .build();
        try {
            return CLIENT.send(asked, HttpResponse.BodyHandlers.ofString()).body();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
