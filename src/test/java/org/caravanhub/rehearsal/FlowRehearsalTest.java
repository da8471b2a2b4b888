package org.caravanhub.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.exchange.Shown;
import org.caravanhub.flow.Mistake;
import org.caravanhub.flow.Rejected;
import org.caravanhub.message.Message;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.reading.Decoder;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.PakuDataDecoder;
import org.caravanhub.reading.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message is tried, and nothing comes of it. There is no broker and no database here: whoever reaches for one fails. */
class FlowRehearsalTest {
    private static final Instant THEN = Instant.parse("2026-06-01T12:00:00Z");

    private final Map<String, byte[]> files = new HashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private final CamelContext hub = new DefaultCamelContext();
    private final FlowRehearsal rehearsal = new FlowRehearsal(
            hub,
            () -> files,
            proposed -> mistakes,
            bean -> hub.getRegistry().lookupByName(bean) instanceof Decoder,
            new HttpIngestDecoder()::decodeOne,
            new Shown(text -> text));

    /** Must not be called. */
    public static final class Door {
        public void open() {
            throw new AssertionError("the door was opened");
        }
    }

    @BeforeEach
    void start() throws IOException {
        try (Stream<Path> tree = Files.walk(Path.of("routes"))) {
            for (Path file : tree.filter(path -> path.toString().endsWith(".camel.yaml"))
                    .filter(path -> !path.toString().contains("/api/"))
                    .toList()) {
                files.put(Path.of("routes").relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        hub.addComponent("mqtt", new MqttComponent(Clock.systemUTC()));
        hub.getRegistry().bind("pakuData", new PakuDataDecoder());
        hub.getRegistry().bind("door", new Door());
        hub.start();
    }

    @AfterEach
    void stop() {
        rehearsal.close();
        hub.stop();
    }

    @Test
    void aShippedFlowTellsTheRowsThatItWouldWriteAtTheTimeOfTheMessage() {
        Rehearsal.Result result = rehearsal.of(
                "paku-data",
                message(
                        "van/heating/temp-1/data",
                        "{\"timestamp\":\"2026-06-01T11:59:58Z\",\"device_id\":\"temp-1\",\"metrics\":{\"temperature_c\":21.5}}"));

        assertThat(result.failure()).isEmpty();
        assertThat(result.passes()).as(result.toString()).isTrue();
        assertThat(result.kept()).singleElement().isInstanceOf(Reading.class);
        assertThat(((Reading) result.kept().get(0)).receivedAt()).isEqualTo(THEN);
        assertThat(result.steps().stream().map(Rehearsal.Step::id).toList())
                .containsExactly("decode-paku-data", "keep-paku-data");
        assertThat(result.steps().get(1).instead()).contains("would keep 1");
        assertThat(result.steps().get(1).line()).isEqualTo(18);
    }

    @Test
    void whatIsMalformedDoesNotPass() {
        Rehearsal.Result result = rehearsal.of("paku-data", message("van/heating/temp-1/data", "{oops"));

        assertThat(result.passes()).isFalse();
        assertThat(result.kept()).singleElement().isInstanceOf(Malformed.class);
        assertThat(result.steps().get(1).instead()).contains("would set aside 1");
    }

    @Test
    void whatReachesOutIsOnlyTold() {
        flow("reach-out", """
                        - setBody:
                            id: say-on
                            constant:
                              expression: "on"
                        - to:
                            id: switch-fan
                            uri: mqtt:van/fan
                        - to:
                            id: tell-cloud
                            uri: https://cloud.example/hook?password=hunter2
                        - to:
                            id: write-file
                            uri: file:never-there
                        - bean:
                            id: open-door
                            ref: door
                            method: open
                        - log:
                            id: log-body
                            message: "body is ${body}"
                        - delay:
                            id: wait-long
                            constant:
                              expression: "3600000"
                        - toD:
                            id: tell-room
                            uri: mqtt:van/${header.CamelMqttTopic}/echo
                """);

        Rehearsal.Result result = rehearsal.of("reach-out", message("van/humid", "70"));

        assertThat(result.failure()).isEmpty();
        assertThat(result.steps().stream()
                        .map(step -> step.instead().orElse(""))
                        .toList())
                .containsExactly(
                        "",
                        "would publish on van/fan: on",
                        "would send to https://cloud.example/hook?password=***: on",
                        "would write to never-there: on",
                        "would call door.open",
                        "would log: body is on",
                        "would wait (delay); here it goes on at once",
                        "would publish on van/van/humid/echo: on");
        assertThat(Path.of("files")).doesNotExist();
    }

    @Test
    void aStepThatFailsIsTheReasonWithItsLine() {
        flow("thirteen", """
                        - throwException:
                            id: fear-thirteen
                            exceptionType: java.lang.IllegalStateException
                            message: thirteen brings bad luck
                """);

        Rehearsal.Result result = rehearsal.of("thirteen", message("van/number", "13"));

        assertThat(result.passes()).isFalse();
        assertThat(result.failure()).contains("thirteen brings bad luck");
        assertThat(result.steps().get(0).error()).contains("thirteen brings bad luck");
        assertThat(result.steps().get(0).line()).isEqualTo(8);
        assertThat(result.kept()).singleElement().isInstanceOf(Malformed.class);
    }

    @Test
    void aFlowWithoutEndIsEnded() {
        flow("endless", """
                        - loop:
                            id: for-ever
                            doWhile: true
                            simple:
                              expression: "true"
                            steps:
                              - setBody:
                                  id: again
                                  constant:
                                    expression: x
                """);

        Rehearsal.Result result = rehearsal.of("endless", message("a", "b"));

        assertThat(result.passes()).isFalse();
        assertThat(result.steps()).hasSize(1000);
        assertThat(result.failure()).contains("more than 1000 steps, too long, or a body over 1 MB");
    }

    @Test
    void aBodyThatGrowsWithoutEndIsEndedBeforeItTakesTheMemory() {
        flow("growing", """
                        - loop:
                            id: double-for-ever
                            doWhile: true
                            simple:
                              expression: "true"
                            steps:
                              - setBody:
                                  id: double
                                  simple:
                                    expression: "${body}${body}"
                """);

        Rehearsal.Result result = rehearsal.of("growing", message("a", "b".repeat(1000)));

        assertThat(result.steps()).hasSizeLessThan(20);
        assertThat(result.failure()).contains("more than 1000 steps, too long, or a body over 1 MB");
    }

    @Test
    void anotherVersionOfTheFileIsTriedWithoutBeingSaved() {
        byte[] text = new String(files.get("reading/paku-data.camel.yaml"), StandardCharsets.UTF_8)
                .replace("store:reading", "mqtt:elsewhere")
                .getBytes(StandardCharsets.UTF_8);

        Rehearsal.Result result = rehearsal.of(
                "paku-data", message("van/heating/temp-1/data", "{oops"), "reading/paku-data.camel.yaml", text);

        assertThat(result.kept()).isEmpty();
        assertThat(result.steps().get(1).instead().orElseThrow()).startsWith("would publish on elsewhere: ");
    }

    @Test
    void aFileWithAMistakeIsRefusedWithTheReason() {
        assertThatThrownBy(() -> rehearsal.of(
                        "paku-data",
                        message("a", "b"),
                        "reading/paku-data.camel.yaml",
                        "- route:\n    id: paku-data\n    from:\n      uri: mqtt:a\n      steps:\n        - chioce: {}\n"
                                .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chioce");
    }

    /** The check refuses these before; this is for the day that it overlooks one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "simple: '{{env:PATH}}'",
                "simple: '{{sys:user.home}}'",
                "method: {beanType: java.lang.System, method: lineSeparator}",
                "simple: '${bean:type:java.lang.System?method=lineSeparator}'",
                "language: {language: groovy, expression: '1'}"
            })
    void whatIsTriedReachesNoFurtherThanWhatRuns(String expression) {
        byte[] text = ("- route:\n    id: spy\n    from:\n      uri: mqtt:a\n      steps:\n        - setBody:\n"
                        + "            expression:\n              " + expression + "\n")
                .getBytes(StandardCharsets.UTF_8);

        try {
            Rehearsal.Result result = rehearsal.of("spy", message("a", "b"), "test/spy.camel.yaml", text);
            assertThat(result.passes()).isFalse();
            assertThat(result.steps().get(0).body()).isEqualTo("b");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining(System.getProperty("user.home"));
        }
    }

    @Test
    void whatMayNotBeSavedIsNotTriedEither() {
        mistakes.add(new Mistake("test/a.camel.yaml", 1, 1, Mistake.Code.FORBIDDEN_EXPRESSION, "no", "", ""));
        byte[] text = new byte[0];

        assertThatThrownBy(() -> rehearsal.of("a", message("a", "b"), "test/a.camel.yaml", text))
                .isInstanceOf(Rejected.class);
    }

    private void flow(String id, String steps) {
        files.put(
                "test/" + id + ".camel.yaml",
                ("- route:\n    id: " + id
                                + "\n    description: Test.\n    routeConfigurationId: set-aside\n    from:\n      uri: mqtt:+/humid\n"
                                + "      steps:\n" + steps)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Message message(String topic, String payload) {
        return Message.of(topic, payload.getBytes(StandardCharsets.UTF_8), THEN);
    }
}
