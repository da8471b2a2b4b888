package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows of a user that do everything wrong run beside the shipped ones, which go on as if they were alone. */
@Tag("endurance")
class IsolationTest {
    private static final int MESSAGES = 20_000;
    private static final int PROBES = 100;
    private static final Pattern STATE = Pattern.compile("\"id\":\"(bad-[a-z-]+)\",\"state\":\"([a-z]+)\"");

    @TempDir
    Path folder;

    private record Outcome(double messagesPerSecond, Duration median, Duration p99) {}

    @Test
    void flowsThatDoEverythingWrongHoldUpNobody() throws Exception {
        try (ServerSocket tarPit = new ServerSocket(0);
                TestMosquitto broker = TestMosquitto.open().start()) {
            Outcome alone = run("alone", broker, List.of(), 0);
            Outcome beside = run("beside", broker, bad(tarPit.getLocalPort()), 1_000_000);
            System.out.println("isolation alone=" + alone + " beside=" + beside);
            // Two of them compute without end on a machine that may have two processors; all else is not their
            // business.
            assertThat(beside.messagesPerSecond()).isGreaterThan(alone.messagesPerSecond() / 10);
        }
    }

    private Outcome run(String name, TestMosquitto broker, List<String> flows, long firstSequence) throws Exception {
        Path data = folder.resolve(name);
        Path routes = folder.resolve(name + "-routes");
        copy(routes);
        for (String flow : flows) {
            Matcher id = Pattern.compile("id: (\\S+)").matcher(flow);
            assertThat(id.find()).isTrue();
            Files.writeString(
                    Files.createDirectories(routes.resolve("bad")).resolve(id.group(1) + ".camel.yaml"), flow);
        }
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        try (HubProcess hub = HubProcess.launch(
                data, broker, "env", "CARAVAN_ROUTES=" + routes, "CARAVAN_MQTT_CLIENT_PREFIX=" + name + "-")) {
            hub.awaitReady();
            if (!flows.isEmpty()) {
                // A session that is not there yet keeps nothing, so some more come until all have had some.
                Await.until("the bad flows are failing, see " + hub.output(), Duration.ofSeconds(120), () -> {
                    publish(broker, 20);
                    return states(hub.get(data, "/api/v1/flows")).entrySet().stream()
                            .filter(flow -> flow.getKey().matches("bad-(throw|turn|sleep|again-called|grow|fill)"))
                            .allMatch(flow -> flow.getValue().equals("failing"));
                });
            }
            long begun = System.nanoTime();
            Load.run(Load.Plan.of(broker.port(), MESSAGES).from(firstSequence), published);
            Conservation.awaitAll(published, database, Duration.ofMinutes(3));
            double seconds = (System.nanoTime() - begun) / 1e9;
            List<Duration> took = new ArrayList<>();
            for (int i = 0; i < PROBES; i++) {
                took.add(hub.ingest(data, "{\"temperature_c\":" + i + "}"));
            }
            Collections.sort(took);
            System.out.println(name + " " + states(hub.get(data, "/api/v1/flows")) + " "
                    + hub.residentBytes() / 1_000_000 + " MB");
            hub.stop();
            assertThat(published.goodCount()).isEqualTo(MESSAGES);
            assertThat(database.entries().stream()
                            .filter(published.good()::contains)
                            .count())
                    .as("stored, of what was acknowledged")
                    .isEqualTo(MESSAGES);
            return new Outcome(MESSAGES / seconds, took.get(PROBES / 2), took.get(PROBES - 1));
        }
    }

    private static TreeMap<String, String> states(String flows) {
        TreeMap<String, String> states = new TreeMap<>();
        Matcher state = STATE.matcher(flows);
        while (state.find()) {
            states.put(state.group(1), state.group(2));
        }
        return states;
    }

    private static void copy(Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(Path.of("routes"))) {
            for (Path file :
                    tree.filter(path -> path.toString().endsWith(".camel.yaml")).toList()) {
                Path target = to.resolve(Path.of("routes").relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static void publish(TestMosquitto broker, int count) {
        try {
            publishing(broker, count);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void publishing(TestMosquitto broker, int count) throws IOException, InterruptedException {
        Process publisher = new ProcessBuilder(
                        "sh", "-c", "seq 1 " + count + " | mosquitto_pub -l -q 1 -t bad/number -p " + broker.port())
                .inheritIO()
                .start();
        assertThat(publisher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static List<String> bad(int tarPit) {
        String wait = "- to: {id: ID-ask, uri: 'http://127.0.0.1:" + tarPit + "/never'}";
        return List.of(
                flow(
                        "throw",
                        "mqtt:bad/#",
                        "- throwException: {id: ID-it, exceptionType: java.lang.IllegalStateException, message: no}"),
                flow(
                        "turn",
                        "mqtt:bad/#",
                        "- loop: {id: ID-round, doWhile: true, simple: {expression: 'true'}, steps: [{setBody: {id: ID-set, constant: {expression: x}}}]}"),
                flow("sleep", "mqtt:bad/#", "- delay: {id: ID-long, constant: {expression: '86400000'}}"),
                flow("wait", "mqtt:bad/#", wait),
                flow("after-publish", "mqtt:bad/#", "- to: {id: ID-tell, uri: 'mqtt:other/topic'}\n        " + wait),
                flow(
                        "after-store",
                        "mqtt:bad/#",
                        "- to: {id: ID-keep, uri: 'store:quarantine'}\n        - setBody: {id: ID-say, constant: {expression: x}}\n        "
                                + wait),
                flow("fill", "mqtt:bad/#", "- to: {id: ID-queue, uri: 'seda:full?size=5&blockWhenFull=true'}"),
                flow("drain", "seda:full?size=5", wait),
                flow("again", "mqtt:bad/#", "- to: {id: ID-call, uri: 'direct:again'}"),
                flow("again-called", "direct:again", "- to: {id: ID-call, uri: 'direct:again'}"),
                flow(
                        "grow",
                        "mqtt:bad/#",
                        "- loop: {id: ID-round, constant: {expression: '40'}, steps: [{setBody: {id: ID-double, simple: {expression: '${body}${body}'}}}]}"),
                flow("schedule", "quartz:bad/schedule?cron=*+*+*+*+*+?", wait),
                flow("other-schedule", "quartz:bad/other?cron=*+*+*+*+*+?", wait),
                flow("third-schedule", "quartz:bad/third?cron=*+*+*+*+*+?", wait));
    }

    private static String flow(String name, String from, String steps) {
        String id = "bad-" + name;
        return """
                - route:
                    id: %s
                    description: A flow that does not do well.
                    routeConfigurationId: set-aside
                    from:
                      uri: "%s"
                      steps:
                        %s
                """.formatted(id, from, steps.replace("ID", "step-of-" + name).replace("\n        ", "\n        "));
    }
}
