package org.caravanhub.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The optional flows that reach out, each with what it reaches. */
class OptionalFlowsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READING =
            "{\"time\":\"2026-06-01T12:00:00Z\",\"metrics\":{\"temperature_c\":21.5,\"battery_percent\":80}}";

    @TempDir
    Path folder;

    private final List<Process> listeners = new ArrayList<>();

    @AfterEach
    void end() {
        listeners.forEach(Process::destroy);
    }

    @Test
    void theOtherBrokerGetsEverythingThoughItIsAwayForAWhile() throws Exception {
        try (TestMosquitto other = TestMosquitto.open().start();
                OptionalFlows hub = new OptionalFlows(
                        folder,
                        Map.of("caravan.mirror.url", other.url()),
                        Map.of("CARAVAN_SECRET_MIRROR_USER", "hut-1", "CARAVAN_SECRET_MIRROR_PASSWORD", "not-checked"),
                        "mirror-broker")) {
            Path heard = listen(other, "#");
            hub.publish("van/numbers", numbers(0, 20));
            Await.until("twenty are there", PATIENCE, () -> lines(heard).size() >= 20);
            other.stop();

            hub.publish("van/numbers", numbers(20, 40));
            hub.publish("mirrored/elsewhere", "not sent back");
            other.start();

            Await.until("all are there", PATIENCE, () -> distinct(heard).size() >= 40);
            assertThat(distinct(heard)).hasSize(40).allSatisfy(line -> assertThat(line)
                    .startsWith("mirrored/van/numbers "));
        }
    }

    @Test
    void homeAssistantLearnsOfADeviceAndHowItIs() throws Exception {
        try (OptionalFlows hub =
                new OptionalFlows(folder, Map.of(), Map.of(), "home-assistant", "home-assistant-started")) {
            Path heard = listen(hub.broker, "homeassistant/#");

            hub.publish("caravan/van/telemetry", READING);

            Await.until("announced", PATIENCE, () -> lines(heard).size() >= 2);
            assertThat(lines(heard).get(0))
                    .startsWith("homeassistant/device/caravan_van/config {\"dev\":{\"ids\":\"caravan_van\"")
                    .contains(
                            "\"caravan_van_temperature_c\":{\"p\":\"sensor\"",
                            "\"device_class\":\"temperature\",\"unit_of_measurement\":\"°C\"",
                            "\"device_class\":\"battery\"",
                            "\"state_topic\":\"homeassistant/caravan/van/state\"");
            assertThat(lines(heard).get(1))
                    .isEqualTo("homeassistant/caravan/van/state {\"temperature_c\":21.5,\"battery_percent\":80}");

            hub.publish("homeassistant/status", "online");
            AtomicInteger second = new AtomicInteger();
            Await.until("announced again", PATIENCE, () -> {
                publishQuietly(hub, second.incrementAndGet());
                return lines(heard).stream()
                                .filter(line -> line.contains("/config "))
                                .count()
                        == 2;
            });
        }
    }

    @Test
    void aWebAddressGetsEachReadingWhenItTakesThemAgain() throws Exception {
        AtomicInteger refusals = new AtomicInteger(2);
        Queue<String> posted = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isTaken = refusals.getAndDecrement() <= 0;
            if (isTaken) {
                posted.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            }
            exchange.sendResponseHeaders(isTaken ? 200 : 503, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        try (OptionalFlows hub = new OptionalFlows(
                folder,
                Map.of("caravan.webhook.url", url),
                Map.of("CARAVAN_SECRET_WEBHOOK_TOKEN", "open-sesame"),
                "webhook")) {
            hub.publish("caravan/van/telemetry", READING);

            Await.until("posted", PATIENCE, () -> posted.size() == 1);
            assertThat(posted.peek())
                    .isEqualTo("Bearer open-sesame {\"device\":\"van\",\"time\":\"2026-06-01T12:00:00Z\","
                            + "\"metrics\":{\"temperature_c\":21.5,\"battery_percent\":80}}");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aTableOfOnesOwnHasEachTemperatureOnce() throws Exception {
        Path own = folder.resolve("own.db");
        try (OptionalFlows hub = new OptionalFlows(folder, Map.of(), Map.of(), "own-table")) {
            assertThat(own).doesNotExist();

            hub.publish("caravan/van/telemetry", READING + "\n" + READING);

            Await.until(
                    "there", PATIENCE, () -> Files.exists(own) && rows(own).equals("van 2026-06-01T12:00:00Z 21.5"));
        }
    }

    private static void publishQuietly(OptionalFlows hub, int second) {
        try {
            hub.publish("caravan/van/telemetry", READING.replace(":00Z", String.format(":%02dZ", second % 60)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String rows(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "select group_concat(device || ' ' || time || ' ' || celsius) from temperature")) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Topic and payload of what a broker gives out from now on, a line each. */
    private Path listen(TestMosquitto broker, String topic) throws Exception {
        Path heard = Files.createTempFile(folder, "heard", "");
        List<String> command =
                List.of("mosquitto_sub", "-v", "-c", "-i", "heard", "-q", "1", "-t", topic, "-p", "" + broker.port());
        listeners.add(new ProcessBuilder(command).redirectOutput(heard.toFile()).start());
        Await.until("it listens", PATIENCE, () -> {
            try {
                OptionalFlows.publish(broker, "homeassistant/probe", "");
                return Files.size(heard) > 0;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return heard;
    }

    private static List<String> lines(Path heard) {
        try {
            return Files.readAllLines(heard).stream()
                    .filter(line -> !line.contains("homeassistant/probe") && !line.contains("homeassistant/status"))
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> distinct(Path heard) {
        return lines(heard).stream().distinct().toList();
    }

    private static String numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
    }
}
