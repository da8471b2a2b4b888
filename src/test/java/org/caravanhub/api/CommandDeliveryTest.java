package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.http.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a command goes, and what becomes of it: real broker, real database, the clock of the test. */
@Timeout(90)
class CommandDeliveryTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    @TempDir
    Path folder;

    private final TestMosquitto broker = TestMosquitto.open();
    private final SetTime time = new SetTime(NOON);
    private CommandHub hub;

    @BeforeEach
    void start() throws Exception {
        broker.start();
        hub = new CommandHub(folder, broker.url(), time).subscribed();
        hub.known("hut", "caravan", "", "", "");
    }

    @AfterEach
    void stop() {
        hub.close();
        broker.close();
    }

    @Test
    void aDeviceThatIsThereGetsItAtOnceNotRetainedAndItsAnswerEndsIt() throws Exception {
        try (SimulatedDevice hut = SimulatedDevice.caravan("hut", broker.url()).wake()) {
            hub.online("hut");
            JsonNode sent = hub.send("hut", "{\"name\":\"blink\",\"parameters\":{\"times\":3},\"ttl\":\"1h\"}");
            JsonNode done = hub.await(sent, "done");

            assertThat(hut.heard)
                    .containsExactly(
                            "{\"id\":\"" + sent.get("id").asText()
                                    + "\",\"name\":\"blink\",\"parameters\":{\"times\":3},\"expires_at\":\"2026-12-01T13:00:00Z\"}");
            assertThat(hut.sawRetained).isFalse();
            assertThat(hut.expirySeconds).isBetween(3_500L, 3_600L);
            assertThat(done.get("answer").get("state").asText()).isEqualTo("done");
            assertThat(done.get("attempts").asInt()).isEqualTo(1);
            assertThat(done.get("finished_at").isNull()).isFalse();
            assertThat(hub.number("select count(*) from audit where action = 'create-command'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aDeviceThatSleepsForAnHourGetsItWhenItWakesAndInOrder() throws Exception {
        try (SimulatedDevice hut = SimulatedDevice.caravan("hut", broker.url())) {
            JsonNode first = hub.send("hut", "{\"name\":\"one\"}");
            JsonNode second = hub.send("hut", "{\"name\":\"two\"}");
            time.pass(Duration.ofMinutes(30));
            JsonNode short1 = hub.send("hut", "{\"name\":\"short\",\"ttl\":\"10m\"}");
            time.pass(Duration.ofMinutes(30));
            assertThat(hub.await(short1, "expired").get("reason").asText()).startsWith("it was not sent");
            assertThat(hub.state(first)).isEqualTo("queued");
            hut.wake();
            hub.heard("hut");
            hub.await(first, "done");
            hub.await(second, "done");

            assertThat(hut.heard)
                    .extracting(payload -> SimulatedDevice.text(payload, "name"))
                    .containsExactly("one", "two");
        }
    }

    @Test
    void aDeviceThatIsDisabledMeanwhileIsSentNothingAlthoughItIsHeard() throws Exception {
        try (SimulatedDevice hut = SimulatedDevice.caravan("hut", broker.url()).wake()) {
            JsonNode asked = hub.send("hut", "{\"name\":\"one\",\"ttl\":\"1m\"}");
            hub.disabled.add("hut");
            hub.heard("hut");
            time.pass(Duration.ofSeconds(61));
            assertThat(hub.await(asked, "expired").get("reason").asText()).startsWith("it was not sent");
            assertThat(hut.heard).isEmpty();
        }
    }

    @Test
    void whatIsNotAcknowledgedIsSentAgainWithTheSameIdAndWhenItsTimeIsUpNotAnyMore() throws Exception {
        try (SimulatedDevice deaf =
                new SimulatedDevice("hut", broker.url(), "caravan/hut/cmd", (device, payload) -> {}).wake()) {
            hub.online("hut");
            JsonNode sent = hub.send("hut", "{\"name\":\"blink\",\"ttl\":\"1m\"}");
            hub.await(sent, "sent");
            time.pass(Duration.ofSeconds(31));
            Await.until("it came again", CommandHub.PATIENCE, () -> deaf.heard.size() == 2);
            time.pass(Duration.ofSeconds(40));
            JsonNode expired = hub.await(sent, "expired");
            deaf.say("caravan/hut/cmd/ack", "{\"id\":\"" + sent.get("id").asText() + "\",\"state\":\"done\"}");
            Await.until("the late answer is noted", CommandHub.PATIENCE, () -> !hub.command(sent)
                    .get("answer")
                    .isNull());

            assertThat(deaf.heard).hasSize(2);
            assertThat(deaf.heard.get(0)).isEqualTo(deaf.heard.get(1));
            assertThat(expired.get("reason").asText()).contains("did not acknowledge");
            assertThat(hub.state(sent)).isEqualTo("expired");
            assertThat(hub.command(sent).get("reason").asText()).endsWith("it answered done, too late");
        }
    }

    @Test
    void aClockThatIsSetLetsNothingExpireAndNothingRise() throws Exception {
        JsonNode lasting = hub.send("hut", "{\"name\":\"lasting\",\"ttl\":\"1h\"}");
        time.set(Instant.parse("2030-01-01T00:00:00Z"), true);
        JsonNode brief = hub.send("hut", "{\"name\":\"brief\",\"ttl\":\"10s\"}");
        time.set(NOON, true);
        time.pass(Duration.ofSeconds(12));
        hub.await(brief, "expired");
        Await.until(
                "its end is right again",
                CommandHub.PATIENCE,
                () -> hub.command(lasting).get("expires_at").asText().startsWith("2026-12-01T13:00:00"));
        assertThat(hub.state(lasting)).isEqualTo("queued");
        try (SimulatedDevice hut = SimulatedDevice.caravan("hut", broker.url()).wake()) {
            hub.online("hut");
            hub.await(lasting, "done");
            assertThat(hut.done).hasSize(1);
        }
    }

    @Test
    void afterAStartWithAClockThatIsNotBelievedNothingIsSentUntilItIs() throws Exception {
        JsonNode lasting = hub.send("hut", "{\"name\":\"lasting\",\"ttl\":\"1h\"}");
        JsonNode brief = hub.send("hut", "{\"name\":\"brief\",\"ttl\":\"10m\"}");
        hub.close();
        time.pass(Duration.ofMinutes(20));
        Instant right = time.wall.instant();
        time.set(Instant.EPOCH, false);
        hub = new CommandHub(folder, broker.url(), time).subscribed();
        try (SimulatedDevice hut = SimulatedDevice.caravan("hut", broker.url()).wake()) {
            hub.online("hut");
            assertThat(hub.state(brief)).isEqualTo("queued");
            time.set(right, true);
            time.pass(Duration.ofSeconds(6));
            hub.await(brief, "expired");
            hub.await(lasting, "done");
            assertThat(hut.heard).hasSize(1);
        }
    }

    @Test
    void aBrokerThatIsAwayKeepsItWaitingAndWhenItIsBackItGoesOnce() throws Exception {
        hub.online("hut");
        broker.kill();
        Await.until("the hub has noticed", CommandHub.PATIENCE, () -> !hub.mqtt.isPublishing());
        JsonNode sent = hub.send("hut", "{\"name\":\"blink\"}");
        broker.start();
        try (SimulatedDevice hut = SimulatedDevice.caravan("hut", broker.url()).wake()) {
            Await.until("it is done: " + hub.command(sent), CommandHub.PATIENCE, () -> {
                time.pass(Duration.ofSeconds(1));
                return hub.state(sent).equals("done");
            });
            assertThat(hut.done).containsOnlyKeys(sent.get("id").asText());
        }
    }

    @Test
    void anAnswerOfAnotherDeviceOrToNothingChangesNothingAndIsSetAside() throws Exception {
        hub.known("other", "caravan", "", "", "");
        try (SimulatedDevice deaf =
                new SimulatedDevice("hut", broker.url(), "caravan/hut/cmd", (device, payload) -> {}).wake()) {
            hub.online("hut");
            JsonNode sent = hub.send("hut", "{\"name\":\"blink\"}");
            String id = hub.await(sent, "sent").get("id").asText();
            JsonNode queued = hub.send("hut", "{\"name\":\"after\"}");
            deaf.say("caravan/other/cmd/ack", "{\"id\":\"" + id + "\",\"state\":\"done\"}");
            deaf.say("caravan/hut/cmd/ack", "{\"id\":\"" + queued.get("id").asText() + "\",\"state\":\"done\"}");
            deaf.say("caravan/hut/cmd/ack", "{\"id\":\"" + id + "\",\"state\":\"perhaps\"}");
            Await.until(
                    "three are set aside",
                    CommandHub.PATIENCE,
                    () -> hub.number("select count(*) from quarantine") == 3);
            assertThat(hub.state(sent)).isEqualTo("sent");
            assertThat(hub.state(queued)).isEqualTo("queued");

            deaf.say("caravan/hut/cmd/ack", "{\"id\":\"" + id + "\",\"state\":\"received\"}");
            hub.await(sent, "delivered");
            deaf.say("caravan/hut/cmd/ack", "{\"id\":\"" + id + "\",\"state\":\"failed\",\"message\":\"no lamp\"}");
            deaf.say("caravan/hut/cmd/ack", "{\"id\":\"" + id + "\",\"state\":\"done\"}");
            assertThat(hub.await(sent, "failed").get("reason").asText()).isEqualTo("no lamp");
        }
    }

    @Test
    void aRequestThatIsRepeatedMakesNoSecondCommandAndOneThatWasNotSentCanBeTakenBack() {
        JsonNode first = hub.send("hut", "{\"name\":\"blink\"}", "k1");
        JsonNode again = hub.send("hut", "{\"name\":\"blink\"}", "k1");
        assertThat(again.get("id")).isEqualTo(first.get("id"));
        assertThatThrownBy(() -> hub.send("hut", "{\"name\":\"other\"}", "k1")).isInstanceOf(Problem.class);
        assertThat(hub.cancel(first).get("reason").asText()).isEqualTo("cancelled by admin before it was sent");
        assertThatThrownBy(() -> hub.cancel(first)).hasMessageContaining("The command is failed");
        assertThat(hub.number("select count(*) from audit where action = 'cancel-command'"))
                .isEqualTo(1);
    }

    @Test
    void aDangerousOneHasToBeMeantAndTheTwentyFirstHasToWait() {
        assertThatThrownBy(() -> hub.send("hut", "{\"name\":\"restart\"}")).hasMessageContaining("\"confirm\": true");
        for (int i = 0; i < 20; i++) {
            hub.send("hut", "{\"name\":\"restart\",\"confirm\":true}");
        }
        assertThatThrownBy(() -> hub.send("hut", "{\"name\":\"blink\"}")).hasMessageContaining("20 commands");
        assertThatThrownBy(() -> hub.send("nobody", "{\"name\":\"blink\"}")).hasMessageContaining("no device");
        assertThatThrownBy(() -> hub.send("hut", "{\"nam\":\"blink\",\"ttl\":\"31d\"}"))
                .hasMessageContaining("3 parameters");
    }

    @Test
    void theCommandsOfADeviceThatIsRemovedEnd() {
        JsonNode sent = hub.send("hut", "{\"name\":\"blink\"}");
        hub.remove("hut");
        assertThat(hub.await(sent, "expired").get("reason").asText()).isEqualTo("the device was removed");
    }
}
