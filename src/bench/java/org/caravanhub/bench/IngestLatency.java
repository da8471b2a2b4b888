package org.caravanhub.bench;

import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a reading takes while something else goes on: over HTTP until it is answered, which is after its commit; over MQTT until an event
 * tells that it is committed. Arguments: the hub's address, its token, the broker's port, seconds. Prints milliseconds:
 * {@code http p50 p99 max refused n mqtt p50 p99 max}. Needs mosquitto_pub. Runs from its source: {@code java IngestLatency.java ...}.
 */
public final class IngestLatency {
    private static final int A_SECOND = 50;
    private static final Pattern SENT = Pattern.compile("\"sent_ms\":(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String hub;
    private final String token;
    private final List<Double> http = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Double> mqtt = Collections.synchronizedList(new ArrayList<>());

    private IngestLatency(String hub, String token) {
        this.hub = hub;
        this.token = token;
    }

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        IngestLatency latency = new IngestLatency(arguments[0], arguments[1]);
        latency.measure(arguments[2], Integer.parseInt(arguments[3]));
        System.out.printf(
                Locale.ROOT,
                "http %s refused %d mqtt %s%n",
                figures(latency.http),
                latency.refused.get(),
                figures(latency.mqtt));
        System.exit(0);
    }

    private void measure(String mqttPort, int seconds) throws Exception {
        Thread listener = new Thread(this::listen);
        listener.setDaemon(true);
        listener.start();
        Process publisher = new ProcessBuilder(
                        "mosquitto_pub", "-p", mqttPort, "-q", "1", "-t", "caravan/bench-mqtt/telemetry", "-l")
                .redirectErrorStream(true)
                .start();
        try (OutputStream lines = publisher.getOutputStream()) {
            TimeUnit.SECONDS.sleep(1);
            long begun = System.nanoTime();
            for (int i = 0; i < seconds * A_SECOND; i++) {
                LockSupport.parkNanos(begun + i * 1_000_000_000L / A_SECOND - System.nanoTime());
                lines.write((reading(i) + "\n").getBytes(StandardCharsets.US_ASCII));
                lines.flush();
                post(i);
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static String reading(int number) {
        return "{\"sent_ms\":" + System.currentTimeMillis() + ",\"n\":" + number + "}";
    }

    private void post(int number) {
        long sent = System.nanoTime();
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub + "/api/v1/ingest?device=bench-http"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"n\":" + number + "}"))
                .build();
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenAccept(response -> {
            if (response.statusCode() == 200) {
                http.add((System.nanoTime() - sent) / 1e6);
            } else {
                refused.incrementAndGet();
            }
        });
    }

    private void listen() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(hub + "/api/v1/events?topics=reading&device=bench-mqtt&rate=raw"))
                .header("Authorization", "Bearer " + token)
                .build();
        try (Stream<String> lines =
                client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            lines.forEach(line -> {
                Matcher sent = SENT.matcher(line);
                if (sent.find()) {
                    mqtt.add((double) (System.currentTimeMillis() - Long.parseLong(sent.group(1))));
                }
            });
        } catch (java.io.IOException | InterruptedException e) {
            System.err.println("events: " + e);
        }
    }

    private static String figures(List<Double> latencies) {
        // Some may still come in.
        double[] sorted = Arrays.stream(latencies.toArray(new Double[0]))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return "- - -";
        }
        return String.format(
                Locale.ROOT,
                "%.1f %.1f %.1f",
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)],
                sorted[sorted.length - 1]);
    }
}
