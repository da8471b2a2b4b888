package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** How devices are made: by the owner, and by themselves with a code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProvisioningTest {
    @TempDir
    static Path folder;

    private TestHub hub;

    @BeforeAll
    void begin() throws Exception {
        hub = new TestHub(folder);
    }

    @AfterAll
    void end() throws Exception {
        hub.close();
    }

    @Test
    @Order(1)
    void aCodeThatWasUsedTakenBackOrInventedIsRefusedInTheSameWords() throws Exception {
        String used = made("{}").get("code").asText();
        assertThat(hub.send(claim("{\"code\":\""
                                + used.toLowerCase(java.util.Locale.ROOT).replace("-", " ") + "\"}"))
                        .statusCode())
                .as("however it is written")
                .isEqualTo(201);
        JsonNode back = made("{}");
        HttpRequest.Builder takeBack =
                hub.asked("/api/v1/claim-codes/" + back.get("id").asText()).DELETE();
        assertThat(hub.send(takeBack).statusCode()).isEqualTo(200);

        for (String code : List.of(used, back.get("code").asText(), "AAAAA-AAAAA")) {
            HttpResponse<String> refused = hub.send(claim("{\"code\":\"" + code + "\"}"));
            assertThat(refused.statusCode()).isEqualTo(410);
            assertThat(json(refused).get("detail").asText())
                    .isEqualTo(
                            "This claim code is worth nothing: it is not one, was used, or is too old. Ask for a new one.");
        }
    }

    /** The last one: from then on nobody claims from this address. */
    @Test
    @Order(2)
    void whoeverGuessesIsToldToWait() throws Exception {
        String code = made("{\"id\":\"hut-3\"}").get("code").asText();
        assertThat(hub.send(claim("{\"code\":\"" + code + "\",\"id\":\"hut-2\"}"))
                        .statusCode())
                .as("a code for another")
                .isEqualTo(400);
        for (int n = 0; n < 10; n++) {
            hub.send(claim("{\"code\":\"WRONG-" + n + "\"}"));
        }
        HttpResponse<String> last = hub.send(claim("{\"code\":\"WRONG-10\"}"));
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 6L);
    }

    @Test
    @Order(1)
    void anIdInUseLeavesTheCodeGood() throws Exception {
        hub.send(provision("{\"id\":\"hut-7\"}"));
        String code = made("{}").get("code").asText();

        assertThat(hub.send(claim("{\"code\":\"" + code + "\",\"id\":\"hut-7\"}"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(hub.send(claim("{\"code\":\"" + code + "\",\"id\":\"../hut\"}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(hub.send(claim("{\"code\":\"" + code + "\"}")).statusCode()).isEqualTo(201);
    }

    @Test
    @Order(1)
    void anIdThatIsNoneIsRefusedWithTheRule() throws Exception {
        for (String id :
                List.of("a/b", "+", "#", "$SYS", "a b", "a\\u0000", "hut\\n", "\\u0430bc", ".", "x".repeat(65))) {
            HttpResponse<String> refused = hub.send(provision("{\"id\":\"" + id + "\"}"));
            assertThat(refused.statusCode()).as(id).isEqualTo(400);
        }
        for (String wrong : List.of(
                "{\"id\":\"caravan-hub\"}",
                "{\"id\":\"admin\"}",
                "{\"id\":\"paku\",\"family\":\"esphome\"}",
                "{\"id\":\"data\",\"family\":\"paku\",\"site\":\"caravan\",\"system\":\"hut-1\"}",
                "{\"id\":\"event\",\"family\":\"paku\"}",
                "{\"id\":\"gw-1\",\"family\":\"iot\"}",
                "{\"id\":\"a\",\"family\":\"zigbee\"}",
                "{\"id\":\"a\",\"site\":\"+\"}",
                "[]",
                "{\"id\":\"a\"} {}")) {
            assertThat(hub.send(provision(wrong)).statusCode()).as(wrong).isEqualTo(400);
        }
        for (String hidden :
                List.of("{\"name\":\"la\\u202emp\"}", "{\"notes\":\"a\\u200b\"}", "{\"tags\":[\"a;b\"]}")) {
            assertThat(hub.send(provision(hidden)).statusCode())
                    .as("what could not be read back from a file: " + hidden)
                    .isEqualTo(400);
        }
        assertThat(hub.send(provision("{\"modle\":\"esp32\"}")).body()).contains("did you mean model?");
    }

    @Test
    @Order(1)
    void aRepeatMakesNoSecondDeviceAndNoSecondPassword() throws Exception {
        assertThat(json(hub.send(provision("{\"name\":\"Hüt Door \"}")))
                        .get("id")
                        .asText())
                .isEqualTo("hut-door");
        for (String again : List.of("{\"name\":\"Hüt Door\"}", "{\"id\":\"hut-door\"}", "{\"id\":\"Hut-Door\"}")) {
            HttpResponse<String> refused = hub.send(provision(again));
            assertThat(refused.statusCode()).as(again).isEqualTo(409);
            assertThat(refused.body()).contains("hut-door").doesNotContain("password\":");
        }
        assertThat(json(hub.send(provision("{}"))).get("id").asText()).matches("device-[a-z0-9]{4}");
    }

    @Test
    @Order(1)
    void whoIsWrongTooOftenWaitsAndItsNeighbourDoesNot() throws Exception {
        JsonNode hut = json(hub.send(provision("{\"id\":\"hut-9\"}")));
        String password = hut.get("password").asText();
        assertThat(ingest("hut-9", password)).isEqualTo(200);
        JsonNode mast = json(hub.send(provision("{\"id\":\"mast\"}")));

        int last = 0;
        for (int n = 0; n < 35; n++) {
            last = ingest("hut-9", "guess-" + n);
        }

        assertThat(last).isEqualTo(429);
        assertThat(ingest("hut-9", password)).as("which was right lately").isEqualTo(200);
        assertThat(ingest("mast", mast.get("password").asText()))
                .as("which was never seen before")
                .isEqualTo(200);
        assertThat(hub.get("/api/v1/devices").statusCode()).isEqualTo(200);
    }

    private JsonNode made(String body) throws Exception {
        HttpResponse<String> made = hub.send(posted(hub.asked("/api/v1/claim-codes"), body));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(json(made).get("code").asText()).matches("[A-Z2-9]{5}-[A-Z2-9]{5}");
        return json(made);
    }

    private HttpRequest.Builder provision(String body) {
        return posted(hub.asked("/api/v1/devices"), body);
    }

    private HttpRequest.Builder claim(String body) {
        return posted(hub.to("/api/v1/claim"), body);
    }

    private static HttpRequest.Builder posted(HttpRequest.Builder to, String body) {
        return to.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private int ingest(String user, String password) throws Exception {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes());
        return hub.send(posted(
                        hub.to("/api/v1/ingest").header("Authorization", "Basic " + pair), "{\"temperature_c\":20}"))
                .statusCode();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }
}
