package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.http.Problem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Some hundred commands to devices that lose, repeat and delay, over a broker that is killed and a hub that is started again. */
@Timeout(600)
class CommandFaultsTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final int DEVICES = 8;

    @TempDir
    Path folder;

    private final Map<String, String> late = new ConcurrentHashMap<>();

    @Test
    void eachOfAHundredEndsInOneTrueState() throws Exception {
        story(1, 120, 1);
    }

    @Test
    @Tag("endurance")
    void eachOfThreeThousandEndsInOneTrueState() throws Exception {
        story(2, 3_000, 12);
    }

    private void story(long seed, int commands, int brokerKills) throws Exception {
        Random random = new Random(seed);
        SetTime time = new SetTime(NOON);
        List<SimulatedDevice> devices = new ArrayList<>();
        Map<String, JsonNode> sent = new HashMap<>();
        TestMosquitto broker = TestMosquitto.open().with("autosave_interval 1", "autosave_on_changes true");
        broker.start();
        CommandHub hub = new CommandHub(folder, broker.url(), time).subscribed();
        try {
            for (int i = 0; i < DEVICES; i++) {
                hub.known("d" + i, "caravan", "", "", "");
                devices.add(unreliable("d" + i, broker.url(), random.nextLong(), time)
                        .wake());
            }
            int everyKill = commands / (brokerKills + 1);
            while (sent.size() < commands) {
                String device = "d" + random.nextInt(DEVICES);
                try {
                    JsonNode made = hub.send(
                            device,
                            "{\"name\":\"n\",\"ttl\":\"" + (20 + random.nextInt(600)) + "s\"}",
                            "k" + sent.size());
                    sent.put(made.get("id").asText(), made);
                } catch (Problem full) {
                    pass(hub, devices);
                    hub.online(device);
                }
                if (random.nextInt(4) == 0) {
                    pass(hub, devices);
                    String other = "d" + random.nextInt(DEVICES);
                    if (random.nextBoolean()) {
                        hub.online(other);
                    } else {
                        hub.offline(other);
                    }
                }
                if (sent.size() % everyKill == everyKill / 2) {
                    broker.kill();
                    broker.start();
                    hub.close();
                    hub = new CommandHub(folder, broker.url(), time).subscribed();
                    for (JsonNode one : List.of(hub.send("d0", "{\"name\":\"n\"}"))) {
                        sent.put(one.get("id").asText(), one);
                    }
                }
            }
            CommandHub last = hub;
            for (int i = 0; i < DEVICES; i++) {
                last.online("d" + i);
            }
            Await.until("all have ended", Duration.ofSeconds(300), () -> {
                pass(last, devices);
                return last.number("select count(*) from command where state in ('queued', 'sent', 'delivered')") == 0;
            });
            check(hub, sent, devices);
        } finally {
            hub.close();
            devices.forEach(SimulatedDevice::close);
            broker.close();
        }
    }

    /** Lets time pass, and then all who have something to do because of it do it. */
    private static void pass(CommandHub hub, List<SimulatedDevice> devices) {
        hub.time.pass(STEP);
        hub.operations.look();
        long[] seen = {-1, System.nanoTime()};
        Await.until("nobody has anything to do", CommandHub.PATIENCE, () -> {
            long now = hub.number(
                            "select coalesce(sum(1 + attempts + 3 * taken + (state <> 'queued') + length(answer)), 0) from command")
                    + devices.stream().mapToLong(SimulatedDevice::activity).sum();
            if (now != seen[0]) {
                seen[0] = now;
                seen[1] = System.nanoTime();
            }
            return System.nanoTime() - seen[1] > 40_000_000;
        });
    }

    private void check(CommandHub hub, Map<String, JsonNode> sent, List<SimulatedDevice> devices) {
        Set<String> taken = devices.stream()
                .flatMap(device -> device.done.keySet().stream())
                .collect(Collectors.toSet());
        long repeats = devices.stream().mapToLong(device -> device.heard.size()).sum() - taken.size();
        // The newest hundred of each device are kept; every one of those that are is the truth.
        long done = hub.number("select count(*) from command where state = 'done'");
        long untaken = taken.isEmpty()
                ? 0
                : hub.number("select count(*) from command where state = 'done' and id not in ("
                        + taken.stream().map(id -> "'" + id + "'").collect(Collectors.joining(",")) + ")");
        long neverSentYetTaken = hub.number("select count(*) from command where attempts = 0 and id in ("
                + taken.stream().map(id -> "'" + id + "'").collect(Collectors.joining(",")) + ")");
        System.out.println("commands=" + sent.size() + " done=" + done + " expired="
                + hub.number("select count(*) from command where state = 'expired'") + " failed="
                + hub.number("select count(*) from command where state = 'failed'") + " taken=" + taken.size()
                + " repeats dropped by devices=" + repeats + " late=" + late.size());
        assertThat(sent.keySet()).containsAll(taken);
        assertThat(untaken).as("done, and the device never had it").isZero();
        assertThat(neverSentYetTaken)
                .as("told as never sent, and the device had it")
                .isZero();
        assertThat(late).as("taken after its time").isEmpty();
        assertThat(hub.number("select count(*) from command where finished_at is null or state not in"
                        + " ('done', 'failed', 'expired')"))
                .isZero();
        assertThat(done).isGreaterThan(sent.size() < 800 ? sent.size() / 4 : 200);
    }

    private SimulatedDevice unreliable(String id, String url, long seed, SetTime time) {
        Random random = new Random(seed);
        String ack = "caravan/" + id + "/cmd/ack";
        return new SimulatedDevice(id, url, "caravan/" + id + "/cmd", (device, payload) -> {
            Instant expires = Instant.parse(SimulatedDevice.text(payload, "expires_at"));
            int chance = random.nextInt(100);
            if (chance < 20) {
                // It crashes before it has done anything.
                return;
            }
            String reference = SimulatedDevice.text(payload, "id");
            if (device.take(reference) && time.wall.instant().isAfter(expires.plus(STEP.multipliedBy(4)))) {
                late.put(reference, payload);
            }
            String done = "{\"id\":\"" + reference + "\",\"state\":\"done\"}";
            if (chance < 35) {
                // The answer is lost.
                return;
            }
            if (chance < 50) {
                device.say(ack, "{\"id\":\"" + reference + "\",\"state\":\"received\"}");
            }
            device.say(
                    ack, chance < 60 ? "{\"id\":\"" + reference + "\",\"state\":\"failed\",\"message\":\"no\"}" : done);
            if (chance > 90) {
                device.say(ack, done);
            }
        });
    }
}
