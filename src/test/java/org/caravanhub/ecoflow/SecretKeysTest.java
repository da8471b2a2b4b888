package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.Caravan;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.caravanhub.ecoflow.fake.Mood;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two keys that are easy to find again, and a whole hub in which they are looked for. */
class SecretKeysTest {
    private static final Keys CANARIES = new Keys("canary-access-4711", "canary-secret-4712");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void theKeysAreNowhereButInTheQuestion() throws Exception {
        Handler listening = listening();
        Logger.getLogger("").addHandler(listening);
        try (FakeEcoFlowCloud elsewhere = new FakeEcoFlowCloud();
                FakeEcoFlowCloud cloud =
                        new FakeEcoFlowCloud(CANARIES).with("DCABZ1", "DELTA Pro", true, MeasuredTest.DELTA_PRO);
                Caravan hub = hub(cloud)) {
            cloud.redirectTo(elsewhere.url());
            cloud.quotaIs(Mood.REDIRECT);
            StringBuilder shown = new StringBuilder();
            String trace = ask(hub, "POST", "/api/v1/flows/ask-ecoflow/trace", "{\"messages\":2}");
            shown.append(trace);
            Await.until("it was led elsewhere", Duration.ofSeconds(60), () -> cloud.count("/quota/all") >= 1);
            cloud.quotaIs(Mood.HANGS_UP);
            Await.until("it was hung up on", Duration.ofSeconds(60), () -> cloud.count("/quota/all") >= 2);
            cloud.listIs(Mood.WRONG_SIGNATURE);
            Await.until("an alert", Duration.ofSeconds(60), () -> ask(hub, "GET", "/api/v1/alerts", "")
                    .contains("signature"));
            String id = trace.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
            shown.append(ask(hub, "GET", "/api/v1/traces/" + id, ""));
            for (String path : List.of(
                    "/api/v1/flows/ask-ecoflow",
                    "/api/v1/flows",
                    "/api/v1/alerts",
                    "/api/v1/health",
                    "/api/v1/devices",
                    "/api/v1/audit",
                    "/metrics",
                    "/health")) {
                shown.append(ask(hub, "GET", path, ""));
            }
            Thread.getAllStackTraces().keySet().forEach(thread -> shown.append(thread.getName()));
            shown.append(hub.settings());

            assertThat(elsewhere.asked).isEmpty();
            assertThat(shown).contains("get-from-ecoflow").doesNotContain("canary");
            assertThat(said).isNotEmpty().noneMatch(line -> line.contains("canary"));
        } finally {
            Logger.getLogger("").removeHandler(listening);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allSatisfy(file -> assertThat(
                            Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as("%s", file)
                    .doesNotContain("canary"));
        }
    }

    /** What a line says, and all that is behind its exception. */
    private Handler listening() {
        return new Handler() {
            @Override
            public synchronized void publish(LogRecord line) {
                StringWriter text = new StringWriter();
                text.append(String.valueOf(line.getMessage())).append(List.of(parameters(line)) + "");
                if (line.getThrown() != null) {
                    line.getThrown().printStackTrace(new PrintWriter(text));
                }
                said.add(text.toString());
            }

            private Object[] parameters(LogRecord line) {
                return line.getParameters() == null ? new Object[0] : line.getParameters();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private Caravan hub(FakeEcoFlowCloud cloud) {
        Map<String, String> environment = Map.of(
                "CARAVAN_ECOFLOW_ACCESS_KEY", CANARIES.access(),
                "CARAVAN_ECOFLOW_SECRET_KEY", CANARIES.secret(),
                "CARAVAN_ECOFLOW_HOST", cloud.url(),
                "CARAVAN_ECOFLOW_INTERVAL", "1s",
                "CARAVAN_BROKER", "off",
                "CARAVAN_HTTP_HOST", "127.0.0.1",
                "CARAVAN_CLOCK", "trusted");
        Map<Setting, String> options = Map.of(
                Setting.DATA,
                folder.toString(),
                Setting.HTTP_PORT,
                "0",
                Setting.ROUTES,
                Path.of("routes").toAbsolutePath().toString());
        return Caravan.start(SettingsReader.read(Path.of("."), environment, options, null), EmulatedDevices.NONE);
    }

    private static String ask(Caravan hub, String method, String path, String body) {
        HttpRequest asked = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + hub.facts().httpPort() + path))
                .header("Authorization", "Bearer " + hub.facts().token().text())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return CLIENT.send(asked, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
