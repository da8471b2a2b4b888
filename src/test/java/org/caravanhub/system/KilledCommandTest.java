package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.caravanhub.Await;
import org.caravanhub.api.SimulatedDevice;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the hub, and of the broker, while commands are on their way. */
class KilledCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path data;

    @Test
    void aHubThatIsKilledSendsEachCommandAndNoneTwiceAsNew() throws Exception {
        kill(1, false);
    }

    @Test
    @Tag("endurance")
    void aHubAndABrokerThatAreKilledTwentyTimesEndEachCommandInOneTrueState() throws Exception {
        kill(20, true);
    }

    private void kill(int times, boolean alsoBroker) throws Exception {
        Random random = new Random(times);
        Map<String, String> made = new LinkedHashMap<>();
        ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor();
        try (TestMosquitto broker = TestMosquitto.open()
                        .with("autosave_interval 1", "autosave_on_changes true")
                        .start();
                SimulatedDevice hut =
                        device(broker, random.nextLong(), alsoBroker ? 30 : 0).wake()) {
            life.scheduleWithFixedDelay(
                    () -> hut.say("caravan/hut/telemetry", "{\"temperature_c\":20}"), 0, 300, TimeUnit.MILLISECONDS);
            HubProcess hub = HubProcess.start(data, broker);
            try {
                awaitKnown(hub);
                for (int kill = 0; kill <= times; kill++) {
                    for (int i = 0; i < 10; i++) {
                        String key = "k" + kill + "-" + i;
                        Optional<HttpResponse<String>> answer = ask(hub, key);
                        if (i == 5 && kill < times) {
                            LockSupport.parkNanos(random.nextInt(60_000_000));
                            hub.kill();
                            if (alsoBroker && random.nextBoolean()) {
                                broker.kill();
                                broker.start();
                            }
                            hub = HubProcess.start(data, broker);
                            // Whether the last one was taken is found out by asking again.
                            answer = ask(hub, key);
                        }
                        answer.filter(said -> said.statusCode() == 201)
                                .ifPresent(said -> made.put(key, SimulatedDevice.text(said.body(), "id")));
                    }
                }
                HubProcess last = hub;
                Await.until("all have ended, see " + hub.output(), PATIENCE, () -> states(last, made).stream()
                        .allMatch(state -> state.matches("done|failed|expired")));
                assertThat(states(last, made)).containsOnly("done");
            } finally {
                hub.close();
            }
            System.out.println("kills=" + times + " commands=" + made.size() + " taken=" + hut.done.size() + " heard="
                    + hut.heard.size());
            assertThat(made).hasSizeGreaterThan(8 * times);
            assertThat(hut.done.keySet()).containsExactlyInAnyOrderElementsOf(made.values());
        } finally {
            life.shutdownNow();
        }
    }

    /** One that loses one answer in {@code losing}, or none if that is 0; what it gets twice it does once. */
    private static SimulatedDevice device(TestMosquitto broker, long seed, int losing) {
        Random random = new Random(seed);
        return new SimulatedDevice("hut", broker.url(), "caravan/hut/cmd", (self, payload) -> {
            String reference = SimulatedDevice.text(payload, "id");
            self.take(reference);
            if (losing == 0 || random.nextInt(losing) > 0) {
                self.say("caravan/hut/cmd/ack", "{\"id\":\"" + reference + "\",\"state\":\"done\"}");
            }
        });
    }

    private void awaitKnown(HubProcess hub) {
        Await.until("the hut was heard", PATIENCE, () -> hub.get(data, "/api/v1/devices/hut")
                .contains("\"id\":\"hut\""));
    }

    private Optional<HttpResponse<String>> ask(HubProcess hub, String key) throws Exception {
        Optional<HttpResponse<String>> answer =
                hub.post(data, "/devices/hut/commands", "{\"name\":\"blink\",\"ttl\":\"1h\"}", "Idempotency-Key", key);
        for (int i = 0; i < 600 && answer.map(said -> said.statusCode() == 409).orElse(false); i++) {
            LockSupport.parkNanos(100_000_000);
            answer = hub.post(
                    data, "/devices/hut/commands", "{\"name\":\"blink\",\"ttl\":\"1h\"}", "Idempotency-Key", key);
        }
        return answer;
    }

    private List<String> states(HubProcess hub, Map<String, String> made) {
        List<String> states = new ArrayList<>();
        // Of those that have ended the hub keeps the newest hundred of each device.
        for (String id :
                made.values().stream().skip(Math.max(0, made.size() - 90)).toList()) {
            states.add(SimulatedDevice.text(hub.get(data, "/api/v1/devices/hut/commands/" + id), "state"));
        }
        return states;
    }
}
