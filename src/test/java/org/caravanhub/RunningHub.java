package org.caravanhub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/** A whole hub that starts again in its process when it is told to, with folders of its own, asked by its admin. */
final class RunningHub implements AutoCloseable {
    final Path data;
    final Path config;
    final Path routes;
    private final HubRun run;
    private final Thread thread;
    private final BlockingQueue<Object> starts = new LinkedBlockingQueue<>();
    private final List<WeakReference<Caravan>> all = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private String http = "";
    private String token = "";

    RunningHub(Path folder, String broker, int mqttPort) throws IOException {
        data = folder.resolve("data");
        config = folder.resolve("caravan.properties");
        routes = folder.resolve("routes");
        copyRoutes();
        Files.writeString(
                config,
                "caravan.broker = " + broker + "\ncaravan.mqtt.host = 127.0.0.1\ncaravan.mqtt.port = " + mqttPort
                        + "\ncaravan.http.host = 127.0.0.1\ncaravan.http.port = 0\n");
        run = new HubRun(this::settings, () -> EmulatedDevices.NONE, "0.1.0");
        thread = new Thread(this::live, "hub");
        thread.start();
    }

    private Settings settings() {
        Map<Setting, String> options = Map.of(Setting.DATA, data.toString(), Setting.ROUTES, routes.toString());
        return SettingsReader.read(Path.of("."), Map.of(), options, config);
    }

    private void live() {
        try {
            run.run(hub -> {
                all.add(new WeakReference<>(hub));
                starts.add(hub.facts());
            });
            starts.add("stopped");
        } catch (RuntimeException | Error | InterruptedException e) {
            starts.add(e);
        }
    }

    private void copyRoutes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = routes.resolve(Path.of("routes").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** Waits for the next start; fails with what the hub failed with. */
    void awaitStart() throws InterruptedException {
        Object start = starts.poll(180, TimeUnit.SECONDS);
        if (!(start instanceof Caravan.Facts facts)) {
            throw new AssertionError("the hub did not start: " + start, start instanceof Throwable t ? t : null);
        }
        http = "http://127.0.0.1:" + facts.httpPort();
        token = facts.token().text();
    }

    /** Nothing in the process holds on to the hubs before this one: their memory is free. */
    void awaitForgotten() {
        Await.until("the hubs before are forgotten", Duration.ofSeconds(20), () -> {
            System.gc();
            return all.stream().filter(hub -> hub.get() != null).count() <= 1;
        });
    }

    /** How many rows a table has, as the hub's own readings tell. */
    long readings() {
        return get("/api/v1/readings?device=van&limit=1000").get("items").size();
    }

    /** Acknowledged when this returns. */
    void ingest(int readings) {
        for (int i = 0; i < readings; i++) {
            JsonNode receipt = post("/api/v1/ingest?device=van", "{\"temperature_c\":" + Math.random() + "}");
            if (!receipt.path("stored").asText().equals("1")) {
                throw new AssertionError(receipt.toString());
            }
        }
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, String body) {
        return send("POST", path, body);
    }

    private JsonNode send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(http + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            return new ObjectMapper()
                    .readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Begins a job and waits until it is over. */
    JsonNode job(String path, String body) {
        JsonNode begun = post(path, body);
        if (!begun.has("id")) {
            throw new AssertionError(begun.toString());
        }
        List<JsonNode> seen = new ArrayList<>();
        Await.until("the job is over: " + begun, Duration.ofSeconds(30), () -> {
            seen.add(get("/api/v1/jobs/" + begun.get("id").asText()));
            return !seen.get(seen.size() - 1).get("ended_at").isNull();
        });
        return seen.get(seen.size() - 1);
    }

    /** The name of a new backup. */
    String backUp() {
        return job("/api/v1/backups", "{}").get("result").get("backup").asText();
    }

    /** Looks at what would change, and orders exactly that. The id of the job. */
    String restore(String backup) {
        JsonNode preview = job("/api/v1/backups/" + backup + "/preview", "{}");
        return post(
                        "/api/v1/backups/" + backup + "/restore",
                        "{\"preview\":\"" + preview.get("id").asText() + "\"}")
                .get("id")
                .asText();
    }

    JsonNode lastRestore() {
        return get("/api/v1/backups").get("last_restore");
    }

    @Override
    public void close() throws InterruptedException {
        run.stop();
        thread.join(20_000);
    }
}
