package org.caravanhub.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.caravanhub.Await;
import org.caravanhub.TestPostgres;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.TestMosquitto;

/** A hub in a process of its own, as {@code caravan up} starts it, against an outside broker. Killed when the test is over. */
final class HubProcess implements AutoCloseable {
    /** In the environment of one that is to have another heap than 256 MB: {@code 128m}. */
    static final String HEAP = "TEST_HEAP";

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path output;
    private final URI health;

    private HubProcess(Process process, Path output, URI health) {
        this.process = process;
        this.output = output;
        this.health = health;
    }

    /** Starts it and waits until it says that it is healthy. */
    static HubProcess start(Path data, TestMosquitto broker) {
        HubProcess hub = launch(data, broker);
        hub.awaitReady();
        return hub;
    }

    /** Starts one whose terminal is elsewhere than its data, and waits until it says that it is healthy. */
    static HubProcess start(Path data, Path output, TestMosquitto broker, String... prefix) {
        HubProcess hub = launch(data, output, Map.of("CARAVAN_MQTT_URL", broker.url()), prefix);
        hub.awaitReady();
        return hub;
    }

    /** Starts one with flows of its own, and waits until it says that it is healthy. */
    static HubProcess start(Path data, TestMosquitto broker, Path routes) {
        HubProcess hub = launch(data, Map.of("CARAVAN_MQTT_URL", broker.url(), "CARAVAN_ROUTES", routes.toString()));
        hub.awaitReady();
        return hub;
    }

    /** Starts one with these settings in its environment, and waits until it says that it is healthy. */
    static HubProcess start(Path data, Map<String, String> environment) {
        HubProcess hub = launch(data, environment);
        hub.awaitReady();
        return hub;
    }

    /** Its URL, without a slash at the end. */
    String url() {
        return health.resolve("/").toString().replaceAll("/$", "");
    }

    /** Starts it and does not wait. {@code prefix} comes before the command: {@code taskset -c 0}, {@code env NAME=value}. */
    static HubProcess launch(Path data, TestMosquitto broker, String... prefix) {
        return launch(data, Map.of("CARAVAN_MQTT_URL", broker.url()), prefix);
    }

    /** Starts one that keeps everything in a PostgreSQL, and waits until it says that it is healthy. */
    static HubProcess start(Path data, TestMosquitto broker, TestPostgres postgres) {
        HubProcess hub = launch(data, Map.of("CARAVAN_MQTT_URL", broker.url(), "CARAVAN_DB_URL", postgres.url()));
        hub.awaitReady();
        return hub;
    }

    private static HubProcess launch(Path data, Map<String, String> environment, String... prefix) {
        return launch(data, data.resolve("output.log"), environment, prefix);
    }

    private static HubProcess launch(Path data, Path output, Map<String, String> environment, String... prefix) {
        try {
            Files.createDirectories(data);
            int port = Ports.free();
            List<String> command = new ArrayList<>(List.of(prefix));
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    // As the launcher starts it, but for the archive of loaded classes.
                    "-Xms24m",
                    "-Xmx" + environment.getOrDefault(HEAP, "256m"),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-cp",
                    classPath(),
                    "org.caravanhub.cli.Main",
                    "up",
                    "--data",
                    data.toString(),
                    "--http-port",
                    Integer.toString(port)));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            builder.environment().putAll(environment);
            return new HubProcess(builder.start(), output, URI.create("http://127.0.0.1:" + port + "/health"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        Await.until("GET " + health + " answers 200, see " + output, PATIENCE, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the hub ended with " + process.exitValue() + ", see " + output);
            }
            return isHealthy();
        });
    }

    /** Ends it as a power cut would: no time to finish anything. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** Ends it in good order. */
    void stop() {
        process.destroy();
        ended();
    }

    /** What {@code GET /api/v1/health} answers now, to the owner of this data folder. */
    String checks(Path data) {
        return get(data, "/api/v1/health");
    }

    /** What the API answers now, to the owner of this data folder. */
    String get(Path data, String path) {
        try {
            String token = Files.readString(data.resolve("admin.token")).strip();
            return ask(HttpRequest.newBuilder(health.resolve(path)).header("Authorization", "Bearer " + token))
                    .map(HttpResponse::body)
                    .orElse("no answer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it answers to a POST without a body; empty if it does not answer. */
    Optional<String> post(Path data, String path) {
        try {
            String token = Files.readString(data.resolve("admin.token")).strip();
            return ask(HttpRequest.newBuilder(health.resolve(path))
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.noBody()))
                    .map(HttpResponse::body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it answers to the owner of this data folder who posts JSON, with these headers; empty if it does not answer. */
    Optional<HttpResponse<String>> post(Path data, String path, String json, String... headers) throws IOException {
        String token = Files.readString(data.resolve("admin.token")).strip();
        HttpRequest.Builder request = HttpRequest.newBuilder(health.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return ask(headers.length == 0 ? request : request.headers(headers));
    }

    /** How long a reading by HTTP took until it was committed, or until the hub said that it was not. */
    Duration ingest(Path data, String body) {
        try {
            String token = Files.readString(data.resolve("admin.token")).strip();
            long begun = System.nanoTime();
            ask(HttpRequest.newBuilder(health.resolve("/api/v1/ingest?device=probe"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            return Duration.ofNanos(System.nanoTime() - begun);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the hub answers to the owner of this data folder who puts a flow file. */
    HttpResponse<String> put(Path data, String path, String yaml) throws IOException {
        String token = Files.readString(data.resolve("admin.token")).strip();
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(health.resolve(path))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/yaml")
                            .header("If-Match", "*")
                            .timeout(Duration.ofSeconds(30))
                            .PUT(HttpRequest.BodyPublishers.ofString(yaml))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** How many lines it has logged, over all its starts. */
    int lines() {
        try {
            return Files.readAllLines(output).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory that it holds now. */
    long residentBytes() {
        try {
            return Long.parseLong(Files.readString(Path.of("/proc/" + process.pid() + "/statm"))
                            .split(" ")[1])
                    * 4096;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it wrote to its terminal, over all its starts. */
    Path output() {
        return output;
    }

    @Override
    public void close() {
        kill();
    }

    private boolean isHealthy() {
        return ask(HttpRequest.newBuilder(health))
                .filter(answer -> answer.statusCode() == 200)
                .isPresent();
    }

    private static Optional<HttpResponse<String>> ask(HttpRequest.Builder request) {
        try {
            return Optional.of(
                    HTTP.send(request.timeout(Duration.ofSeconds(2)).build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void ended() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the hub does not end, see " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the tests themselves run with, without the tests. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
