package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets of every kind are planted in a hub for which everything goes wrong. Afterwards they are nowhere that somebody else looks: not in
 * the log, the bundle, the metrics, answers, events, names of files, or the programs that it started.
 */
class CanarySecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Read without a parameter. */
    private static final List<String> READ = List.of(
            "/metrics",
            "/health",
            "/api/v1/health",
            "/api/v1/ledger",
            "/api/v1/storage",
            "/api/v1/devices",
            "/api/v1/devices/van",
            "/api/v1/devices/van/credentials",
            "/api/v1/flows",
            "/api/v1/flows/canary-exception",
            "/api/v1/flows/canary-webhook",
            "/api/v1/flows/forward-influx",
            "/api/v1/quarantine",
            "/api/v1/quarantine-groups",
            "/api/v1/alerts?state=all",
            "/api/v1/alert-channels",
            "/api/v1/audit",
            "/api/v1/power",
            "/api/v1/power/checks?offline=true",
            "/api/v1/claim-codes",
            "/api/v1/firmware",
            "/api/v1/rollouts",
            "/api/v1/flow-files",
            "/ota/health",
            "/api/v1/bundle/contents",
            "/api/v1/nothing-here?token=Zquery-91jd7ak2");

    @TempDir
    Path folder;

    private final Map<String, String> canaries = new LinkedHashMap<>();

    /** What was looked at, by where. */
    private final Map<String, String> seen = new TreeMap<>();

    private final Map<String, String> children = new ConcurrentHashMap<>();

    private String planted(String what, String value) {
        canaries.put(what, value);
        return value;
    }

    @Test
    void secretsAreNowhereThatOthersLook() throws Exception {
        begin("info");
    }

    @Tag("endurance")
    @Test
    void norIfLibrariesTellAllTheyCan() throws Exception {
        begin("debug");
    }

    /** The broker that comes along is a program that the hub starts; a database that is away is complained of again and again. */
    @Test
    void theProgramsOfTheHubAndItsDatabaseTellNothing() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CARAVAN_MQTT_HOST", "127.0.0.1");
        environment.put("CARAVAN_MQTT_PORT", Integer.toString(Ports.free()));
        environment.put(
                "CARAVAN_DB_URL",
                "jdbc:postgresql://127.0.0.1:" + Ports.free() + "/van?user=hut&password="
                        + planted("password in the address of a database", "Zdb%3F81jd%26w7k"));
        planted("the same as it is meant", "Zdb?81jd&w7k");
        environment.put("CARAVAN_SECRET_ANY", planted("secret of the environment", "Zenv71hd82hfk"));
        environment.put("CARAVAN_MAIL_PASSWORD", planted("mail password", "Zmail82jd7f"));
        try (HubProcess hub = HubProcess.start(data, environment)) {
            planted("admin token", Files.readString(data.resolve("admin.token")).strip());
            planted(
                    "password of the hub at its broker",
                    Files.readAllLines(data.resolve("broker/hub")).get(0));
            watchChildren(hub);
            assertThat(children.values()).anyMatch(child -> child.contains("mosquitto"));
            for (String path : List.of("/metrics", "/api/v1/health", "/api/v1/devices", "/api/v1/ledger")) {
                answer("GET " + path, admin(hub, data, path).GET());
            }
            bundle(data, environment);
            seen.put("children", String.join("\n", children.values()));
            seen.put("log", Files.readString(hub.output()));
        }
        assertThat(seen.get("log")).contains("database=away");
        check(Map.of(), 6);
    }

    private void begin(String level) throws Exception {
        HttpServer failing = failing();
        String at = "127.0.0.1:" + failing.getAddress().getPort();
        try (TestMosquitto broker = TestMosquitto.guarded()) {
            String password = planted("broker password", "Zmq7%2f\"\\& äx:9@k");
            broker.user("hub", password).user("van", "van-van-van").start();
            Path data = Files.createDirectories(folder.resolve("data"));
            Path routes = routes(at);
            Path secrets = data.resolve("secrets.properties");
            Files.writeString(
                    secrets, "webhook-token = " + planted("secret of a file", "Zfile-" + "q8Rk3-".repeat(33)) + "\n");
            Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put("JAVA_TOOL_OPTIONS", "-Dcaravan.log=" + level);
            environment.put("CARAVAN_MQTT_URL", broker.url());
            environment.put("CARAVAN_MQTT_USER", "hub");
            environment.put("CARAVAN_MQTT_PASSWORD", password);
            environment.put("CARAVAN_ROUTES", routes.toString());
            environment.put("CARAVAN_FLOWS_OPTIONAL", "forward-influx,webhook");
            environment.put(
                    "CARAVAN_INFLUX_URL",
                    "http://hut:" + planted("user info of an address", "Zinf8Kd72mPq") + "@" + at
                            + "/api/v2/write?org=home");
            environment.put("CARAVAN_SECRET_INFLUX_TOKEN", planted("secret of the environment", "Zenv71hd82hfk"));
            environment.put(
                    "CARAVAN_WEBHOOK_URL",
                    "http://" + at + "/" + planted("path of a webhook", "Zhook1/82hd7/xk29dja8"));
            environment.put("CARAVAN_ECOFLOW_HOST", "http://" + at);
            environment.put("CARAVAN_ECOFLOW_ACCESS_KEY", planted("access key of EcoFlow", "Zacc82jdm2k1"));
            environment.put("CARAVAN_ECOFLOW_SECRET_KEY", planted("secret key of EcoFlow, short", "q#7Z"));
            environment.put("CARAVAN_MAIL_HOST", "127.0.0.1");
            environment.put("CARAVAN_MAIL_PORT", Integer.toString(Ports.free()));
            environment.put("CARAVAN_MAIL_TLS", "off");
            environment.put("CARAVAN_MAIL_USER", "van");
            environment.put("CARAVAN_MAIL_TO", "van@example.org");
            environment.put("CARAVAN_MAIL_FROM", "van@example.org");
            environment.put("CARAVAN_MAIL_PASSWORD", planted("mail password", "Zmail pass <7>'"));
            environment.put(
                    "CARAVAN_NOTIFY_URL", "http://" + at + "/" + planted("topic of ntfy", "Zntfy-topic-91kd82jc7"));
            environment.put("CARAVAN_NOTIFY_TOKEN", planted("token of ntfy", "Ztk_ntfy8d7f6s"));
            environment.put("CARAVAN_FIRMWARE_API_KEY", planted("API key", "Zapi$kd82=jf7&x"));
            try (HubProcess hub = HubProcess.start(data, environment)) {
                look(hub, data, () -> goWrong(hub, data, broker));
                // The environment is the owner's, who calls for help.
                bundle(data, environment);
                seen.put("children", String.join("\n", children.values()));
                seen.put(
                        "log",
                        Files.readString(hub.output()).replace(System.getenv().toString(), ""));
            }
        } finally {
            failing.stop(0);
        }
        assertThat(seen.get("log")).contains("canary-webhook", "forward-influx");
        // What devices said is shown where one looks for it.
        check(Map.of("broker payload, valid", List.of("GET /api/v1/devices/van", "events")), 24);
    }

    private interface Work {
        void run() throws Exception;
    }

    /** What goes wrong while somebody listens to the events, and what the API shows then. */
    private void look(HubProcess hub, Path data, Work work) throws Exception {
        String token = planted(
                "admin token", Files.readString(data.resolve("admin.token")).strip());
        Queue<String> events = new ConcurrentLinkedQueue<>();
        HttpResponse<Stream<String>> stream = HTTP.send(
                HttpRequest.newBuilder(URI.create(hub.url() + "/api/v1/events"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        Thread listener = new Thread(() -> {
            try (Stream<String> lines = stream.body()) {
                lines.forEach(events::add);
            } catch (RuntimeException e) {
                events.add("over");
            }
        });
        listener.setDaemon(true);
        listener.start();
        work.run();
        for (String path : READ) {
            answer("GET " + path, admin(hub, data, path).GET());
        }
        seen.put("events", String.join("\n", events));
        try (Stream<Path> files = Files.walk(data)) {
            seen.put("names of files", files.map(Path::toString).collect(Collectors.joining("\n")));
        }
    }

    private void goWrong(HubProcess hub, Path data, TestMosquitto broker) throws Exception {
        String wrong = planted("wrong bearer", "Zbearer92kd81jf72kd");
        answer(
                "wrong bearer",
                ask(hub, "/api/v1/devices")
                        .header("Authorization", "Bearer " + wrong)
                        .GET());
        String basic = "van:" + planted("Basic of a request", "Zbas ic\"92ü");
        answer(
                "wrong Basic",
                ask(hub, "/api/v1/ingest?device=van")
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"temperature_c\":1}")));
        answer(
                "query of an update",
                ask(
                                hub,
                                "/ota/update?device=van&token=" + planted("query of an update", "Zfw82jd71k") + "&key="
                                        + canaries.get("query of an update"))
                        .GET());
        answer(
                "wrong API key",
                ask(hub, "/api/admin/firmware/upload")
                        .header("X-API-Key", planted("wrong API key", "Zkey72jd8wkd7"))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(HttpRequest.BodyPublishers.ofString("--x--")));
        answer(
                "refused body",
                admin(hub, data, "/api/v1/devices")
                        .POST(text("{\"id\":\"van\",\"password\":\"" + planted("body of a request", "Zbody81kd7w")
                                + "\"}")));
        HttpResponse<String> device = HTTP.send(
                admin(hub, data, "/api/v1/devices")
                        .POST(text("{\"id\":\"van\",\"family\":\"caravan\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        planted("password of a device", device.body().replaceAll("(?s).*\"password\":\"([^\"]+)\".*", "$1"));
        answer(
                "flow that is refused",
                admin(hub, data, "/api/v1/flow-files/mine/wrong.camel.yaml")
                        .setHeader("Content-Type", "application/yaml")
                        .header("If-Match", "*")
                        .PUT(text("- route:\n    id: wrong\n    from:\n      uri: tmer:x?password="
                                + planted("literal in a flow that is refused", "Zref82jdk2j7") + "\n")));
        publish(
                broker,
                "caravan/van/telemetry",
                "{\"temperature_c\":21.5,\"note\":\"" + planted("broker payload, valid", "Zpay7k2jd81m") + "\"}");
        publish(
                broker,
                "caravan/van/telemetry",
                "{\"temperature_c\":\"" + planted("broker payload, invalid", "Zinv8d72kdm1") + "\"");
        publish(broker, "strange/topic", "Zinv8d72kdm1 is not known");
        publish(
                broker,
                "canary/exception",
                "{\"user\":\"van\",\"password\":\"" + planted("exception's message", "Zexc81jd7k3m") + "\"}");
        answer("test of alerts", admin(hub, data, "/api/v1/alerts:test").POST(HttpRequest.BodyPublishers.noBody()));
        answer("poll", admin(hub, data, "/api/v1/power/poll").POST(HttpRequest.BodyPublishers.noBody()));
        Await.until("flows have failed, see " + hub.output(), PATIENCE, () -> {
            watchChildren(hub);
            String flows = hub.get(data, "/api/v1/flows?state=failing");
            return Stream.of("canary-exception", "canary-webhook", "forward-influx")
                    .allMatch(flow -> flows.contains("\"id\":\"" + flow + "\""));
        });
    }

    private void watchChildren(HubProcess hub) {
        ProcessHandle.of(hub.pid()).stream().flatMap(ProcessHandle::descendants).forEach(child -> {
            try {
                Path proc = Path.of("/proc/" + child.pid());
                children.put(
                        proc.toString(),
                        Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                                + Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                children.putIfAbsent("gone", "");
            }
        });
    }

    private static HttpRequest.Builder ask(HubProcess hub, String path) {
        return HttpRequest.newBuilder(URI.create(hub.url() + path)).timeout(PATIENCE);
    }

    private static HttpRequest.Builder admin(HubProcess hub, Path data, String path) throws IOException {
        String token = Files.readString(data.resolve("admin.token")).strip();
        return ask(hub, path).header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher text(String body) {
        return HttpRequest.BodyPublishers.ofString(body);
    }

    private void answer(String what, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        seen.put(what, response.statusCode() + " " + response.headers().map() + " " + response.body());
    }

    private static void publish(TestMosquitto broker, String topic, String payload) throws Exception {
        Process client = new ProcessBuilder(
                        "mosquitto_pub",
                        "-p",
                        Integer.toString(broker.port()),
                        "-q",
                        "1",
                        "-u",
                        "van",
                        "-P",
                        "van-van-van",
                        "-t",
                        topic,
                        "-m",
                        payload)
                .start();
        assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Flows as they are shipped, and two of the owner's with literals in them. */
    private Path routes(String at) throws IOException {
        Path routes = folder.resolve("routes");
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Path to = routes.resolve(Path.of("routes").relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        Path mine = Files.createDirectories(routes.resolve("mine"));
        Files.writeString(mine.resolve("canary-webhook.camel.yaml"), """
                - route:
                    id: canary-webhook
                    from:
                      uri: mqtt
                      parameters:
                        topic: caravan/+/telemetry
                      steps:
                        - setHeader:
                            name: Authorization
                            expression:
                              constant:
                                expression: Bearer %s
                        - to:
                            uri: http://%s/lit?password=%s&skipRequestHeaders=false
                """.formatted(
                        planted("Authorization in a flow", "Zout81jd7skd2"),
                        at,
                        planted("literal in a flow", "Zlit72jd8skd1")));
        Files.writeString(mine.resolve("canary-exception.camel.yaml"), """
                - route:
                    id: canary-exception
                    from:
                      uri: mqtt
                      parameters:
                        topic: canary/exception
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: "cannot sign in with ${body}"
                """);
        return routes;
    }

    /** Whatever is asked, it is not well. */
    private static HttpServer failing() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("no: " + exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().getFirst("Authorization"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void bundle(Path data, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.caravanhub.cli.Main",
                        "bundle",
                        "--yes",
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        Process command = builder.start();
        String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(command.exitValue()).as(said).isZero();
        seen.put("caravan bundle", said);
        try (Stream<Path> files = Files.list(data.resolve("bundles"))) {
            Path file = files.findFirst().orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            members(Files.readAllBytes(file)).forEach((name, text) -> seen.put("bundle: " + name, name + "\n" + text));
        }
        assertThat(seen.keySet()).contains("bundle: hub/health.json", "bundle: settings.txt");
        assertThat(seen.get("bundle: settings.txt")).contains("caravan.mail.password = (set, ");
    }

    private static Map<String, String> members(byte[] bundle) throws IOException {
        Map<String, String> members = new TreeMap<>();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bundle));
                TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                members.put(
                        entry.getName().replaceFirst("^[^/]*/", ""),
                        new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return members;
    }

    /** Reads everything for every canary in every writing. */
    private void check(Map<String, List<String>> meantToBeShown, int least) {
        List<String> found = new ArrayList<>();
        assertThat(canaries).hasSizeGreaterThanOrEqualTo(least);
        canaries.forEach((what, secret) -> seen.forEach((where, text) -> {
            if (!meantToBeShown.getOrDefault(what, List.of()).contains(where)) {
                for (String written : writings(secret)) {
                    int at = text.indexOf(written);
                    if (at >= 0) {
                        found.add(what + " is in " + where + ": "
                                + text.substring(
                                        Math.max(0, at - 60), Math.min(text.length(), at + written.length() + 20)));
                    }
                }
            }
        }));
        assertThat(found).isEmpty();
    }

    private static List<String> writings(String secret) {
        String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        return Stream.of(
                        secret,
                        json,
                        URLEncoder.encode(secret, StandardCharsets.UTF_8),
                        Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
                        Base64.getEncoder().encodeToString(("van:" + secret).getBytes(StandardCharsets.UTF_8)),
                        secret.length() > 40 ? secret.substring(0, 20) : secret)
                .distinct()
                .toList();
    }
}
