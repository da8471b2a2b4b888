package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.caravanhub.exchange.Entrance;
import org.caravanhub.message.Message;
import org.caravanhub.reading.CaravanTelemetryDecoder;
import org.caravanhub.reading.Decoder;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device writes its numbers with a comma; the flow learns to read them; what had been set aside gets in, once, with its times. */
class MendingTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private TestHub hub;
    private final Commas decoder = new Commas();

    /** Reads what caravan's devices send; at first it takes no comma for a point. */
    public static final class Commas implements Decoder {
        private final CaravanTelemetryDecoder exact = new CaravanTelemetryDecoder();
        volatile boolean reads;
        volatile boolean fails;

        @Override
        public List<Outcome> decode(List<Message> messages) {
            if (fails) {
                throw new IllegalStateException("the heater is not there");
            }
            List<Outcome> outcomes = new ArrayList<>();
            messages.forEach(message -> outcomes.addAll(decodeOne(message)));
            return outcomes;
        }

        @Override
        public List<Outcome> decodeOne(Message message) {
            String text = new String(message.payload(), StandardCharsets.UTF_8);
            byte[] mended = text.replaceAll("(\\d),(\\d)", "$1.$2").getBytes(StandardCharsets.UTF_8);
            return exact.decodeOne(reads ? Message.of(message.topic(), mended, message.receivedAt()) : message);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        hub = open(folder);
        hub.camel().getRegistry().bind("commas", decoder);
        hub.camel().addComponent("published", new Published());
        hub.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("published:caravan/+/telemetry")
                        .routeId("numbers")
                        .routeConfigurationId("set-aside")
                        .bean("commas", "decode")
                        .id("decode-numbers")
                        .to("store:reading")
                        .id("keep-numbers");
            }
        });
        for (int i = 0; i < 12; i++) {
            String payload = i == 7 ? "{oops" : "{\"temperature_c\":2" + i + ",5}";
            Message message = Message.of(
                    "caravan/van/telemetry", payload.getBytes(StandardCharsets.UTF_8), NOON.plusSeconds(60L * i));
            enter("numbers", message);
        }
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    TestHub open(Path data) throws Exception {
        return new TestHub(data);
    }

    @Test
    void elevenOfTwelvePassAndGetInOnceWithTheirTimes() throws Exception {
        assertThat(ask("GET", "-groups?flow=numbers").get("messages").asInt()).isEqualTo(12);
        decoder.reads = true;

        JsonNode tried = ask("POST", ":test?flow=numbers");
        assertThat(tried.get("passed").asInt()).isEqualTo(11);
        assertThat(tried.get("reasons").get(0).get("reason").asText()).contains("found \"oops\"");
        assertThat(rows()).isEmpty();

        JsonNode replayed = ask("POST", ":replay?flow=numbers");
        assertThat(replayed.get("passed").asInt()).isEqualTo(11);
        assertThat(replayed.get("failed").asInt()).isEqualTo(1);
        assertThat(rows()).hasSize(11).startsWith("2026-06-01T12:00:00.000Z", "2026-06-01T12:01:00.000Z");
        assertThat(ledger("numbers")).isEqualTo("12 = 11 + 0 + 1");

        JsonNode again = ask("POST", ":replay?all=true");
        assertThat(again.get("passed").asInt()).isZero();
        assertThat(rows()).hasSize(11);
        assertThat(ledger("numbers")).isEqualTo("12 = 11 + 0 + 1");
        assertThat(ask("GET", "").get("items")).hasSize(1);
    }

    @Test
    void replayedByTwoAtOnceItGetsInOnce() throws Exception {
        decoder.reads = true;

        List<CompletableFuture<HttpResponse<String>>> both = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            both.add(hub.client.sendAsync(
                    hub.asked("/api/v1/quarantine:replay?flow=numbers&limit=5")
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> one : both) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }
        ask("POST", ":replay?flow=numbers");

        assertThat(rows()).hasSize(11);
        assertThat(ledger("numbers")).isEqualTo("12 = 11 + 0 + 1");
    }

    @Test
    void aFlowThatFailsNowInAnotherWayTellsItsReasonAndStep() throws Exception {
        decoder.fails = true;

        JsonNode replayed = ask("POST", ":replay?ids=3");

        assertThat(replayed.get("failed").asInt()).isEqualTo(1);
        JsonNode message = ask("GET", "/3");
        assertThat(message.get("reason").asText()).isEqualTo("the heater is not there");
        assertThat(message.get("step").asText()).isEqualTo("decode-numbers");
        assertThat(message.get("payload_text").asText()).isEqualTo("{\"temperature_c\":22,5}");
        assertThat(ledger("numbers")).isEqualTo("12 = 0 + 0 + 12");
    }

    @Test
    void whatCannotBeReplayedSaysWhy() throws Exception {
        hub.camel().getRouteController().stopRoute("numbers");

        JsonNode paused = ask("POST", ":replay?ids=3");
        JsonNode elsewhere = ask("POST", ":replay?ids=3&into=nowhere");

        assertThat(paused.get("reasons").get(0).get("reason").asText()).contains("flow numbers does not run");
        assertThat(elsewhere.get("reasons").get(0).get("reason").asText()).contains("no flow \"nowhere\"");
        assertThat(ask("GET", "").get("items")).hasSize(12);
    }

    @Test
    void aTopicThatAFlowReadsByNowFindsItsFlow() throws Exception {
        decoder.reads = true;
        hub.keep(new Malformed(
                Message.of("caravan/hut/telemetry", "{\"temperature_c\":1}".getBytes(StandardCharsets.UTF_8), NOON),
                "",
                Malformed.Cause.UNKNOWN_TOPIC,
                "no flow reads the topic"));

        JsonNode tried = ask("POST", ":replay?cause=unknown_topic");

        assertThat(tried.get("passed").asInt()).isEqualTo(1);
        assertThat(ledger("numbers")).isEqualTo("13 = 1 + 0 + 12");
    }

    @Test
    void whatCameByHttpIsReplayedToo() throws Exception {
        hub.send(hub.asked("/api/v1/ingest?device=tank")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{broken")));

        JsonNode replayed = ask("POST", ":replay?flow=ingest-reading");

        assertThat(replayed.get("failed").asInt()).isEqualTo(1);
        assertThat(ledger("ingest-reading")).isEqualTo("1 = 0 + 0 + 1");
    }

    @Test
    void whatIsDiscardedStaysCounted() throws Exception {
        assertThat(ask("POST", ":discard?flow=numbers&dry_run=true")
                        .get("selected")
                        .asInt())
                .isEqualTo(12);
        assertThat(ask("GET", "").get("items")).hasSize(12);

        JsonNode discarded = ask("POST", ":discard?ids=1,2");

        assertThat(discarded.get("passed").asInt()).isEqualTo(2);
        assertThat(ask("GET", "").get("items")).hasSize(10);
        assertThat(ledger("numbers")).isEqualTo("12 = 0 + 0 + 12");
    }

    @Test
    void nothingIsMeantByMistake() throws Exception {
        HttpResponse<String> answer =
                hub.send(hub.asked("/api/v1/quarantine:discard").POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("all=true");
    }

    /** As the flow's consumer would. */
    private void enter(String flow, Message message) throws Exception {
        var route = hub.camel().getRoute(flow);
        var exchange = route.getEndpoint().createExchange();
        exchange.getExchangeExtension().setFromRouteId(flow);
        ((Entrance) route.getEndpoint()).fill(exchange, List.of(message));
        route.getProcessor().process(exchange);
        assertThat(exchange.getException()).isNull();
        hub.awaitTables();
    }

    private List<String> rows() throws Exception {
        hub.awaitTables();
        JsonNode page = read(hub.get("/api/v1/readings?from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z&order=asc"));
        List<String> times = new ArrayList<>();
        page.get("items").forEach(item -> times.add(item.get("measured_at").asText()));
        return times;
    }

    private String ledger(String flow) throws Exception {
        hub.awaitTables();
        for (JsonNode line : read(hub.get("/api/v1/ledger")).get("by_flow")) {
            if (line.get("flow").asText().equals(flow)) {
                return line.get("received") + " = " + line.get("stored") + " + " + line.get("duplicate") + " + "
                        + line.get("quarantined");
            }
        }
        return "";
    }

    private JsonNode ask(String method, String rest) throws Exception {
        return read(
                hub.send(hub.asked("/api/v1/quarantine" + rest).method(method, HttpRequest.BodyPublishers.noBody())));
    }

    private static JsonNode read(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}
