package org.caravanhub.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices measure reaches a time series database, though it is away for a while; VictoriaMetrics speaks InfluxDB's protocol. */
class ForwardInfluxTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long NOON = 1_780_315_200_000L;

    @TempDir
    Path folder;

    @Test
    void whatWasMeasuredWhileItWasAwayIsThereLater() throws Exception {
        int port = Ports.free();
        Map<String, String> url =
                Map.of("caravan.influx.url", "http://127.0.0.1:" + port + "/api/v2/write?org=home&precision=ms");
        Process server = start(port);
        try (OptionalFlows hub = new OptionalFlows(
                folder, url, Map.of("CARAVAN_SECRET_INFLUX_TOKEN", "not-checked"), "forward-influx")) {
            hub.publish("caravan/van/telemetry", lines(0, 50));
            awaitThere(port, 50);
            stop(server);

            hub.publish("caravan/van/telemetry", lines(50, 120));
            server = start(port);

            awaitThere(port, 120);
            assertThat(exported(port)).contains("\"device\":\"van\"", "caravan_temperature_c");
        } finally {
            stop(server);
        }
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"time\":" + (NOON / 1000 + i) + ",\"metrics\":{\"temperature_c\":" + i + "}}")
                .collect(Collectors.joining("\n"));
    }

    private void awaitThere(int port, int count) {
        Await.until(count + " values are there, each moment once", Duration.ofSeconds(90), () -> {
            Matcher moments = Pattern.compile("\"timestamps\":\\[([\\d,]*)]").matcher(exported(port));
            TreeSet<String> found = new TreeSet<>();
            while (moments.find()) {
                found.addAll(List.of(moments.group(1).split(",")));
            }
            return found.size() == count;
        });
    }

    private static String exported(int port) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                                            + "/api/v1/export?match%5B%5D=caravan_temperature_c&reduce_mem_usage=1"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (Exception e) {
            return "";
        }
    }

    private Process start(int port) throws Exception {
        return new ProcessBuilder(
                        "victoria-metrics",
                        "-storageDataPath=" + folder.resolve("metrics"),
                        "-httpListenAddr=127.0.0.1:" + port,
                        "-retentionPeriod=100y",
                        "-search.latencyOffset=0s",
                        "-memory.allowedBytes=64MB")
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    private static void stop(Process server) throws InterruptedException {
        server.destroy();
        server.waitFor();
    }
}
