package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A code that many devices have: the label was photographed. */
class ClaimTest {
    @TempDir
    Path folder;

    private TestHub hub;

    @BeforeEach
    void begin() throws Exception {
        hub = open(folder);
    }

    TestHub open(Path data) throws Exception {
        return new TestHub(data);
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    @Test
    void ofFiftyThatUseOneCodeAtOnceOneIsLetIn() throws Exception {
        String code = made("{\"family\":\"alona\",\"group\":\"van\",\"model\":\"t-display\"}")
                .get("code")
                .asText();

        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 50)
                .mapToObj(n -> hub.client.sendAsync(
                        claim("{\"code\":\"" + code + "\",\"id\":\"node-" + n + "\"}")
                                .build(),
                        HttpResponse.BodyHandlers.ofString()))
                .toList();

        List<Integer> others = new ArrayList<>();
        List<JsonNode> winners = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> one : all) {
            HttpResponse<String> response = one.join();
            if (response.statusCode() == 201) {
                winners.add(json(response));
            } else {
                others.add(response.statusCode());
            }
        }
        assertThat(others).hasSize(49).containsOnly(410);
        assertThat(winners).hasSize(1);
        JsonNode winner = winners.get(0);
        assertThat(winner.get("family").asText()).isEqualTo("alona");
        assertThat(winner.get("group").asText()).isEqualTo("van");
        assertThat(ingest(winner.get("user").asText(), winner.get("password").asText()))
                .isEqualTo(200);
        JsonNode listed = json(hub.get("/api/v1/claim-codes")).get("items").get(0);
        assertThat(listed.get("state").asText()).isEqualTo("used");
        assertThat(listed.get("used_by").asText()).isEqualTo(winner.get("id").asText());
        assertThat(listed.toString()).doesNotContain(code);
    }

    private JsonNode made(String body) throws Exception {
        HttpResponse<String> made = hub.send(posted(hub.asked("/api/v1/claim-codes"), body));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(json(made).get("code").asText()).matches("[A-Z2-9]{5}-[A-Z2-9]{5}");
        return json(made);
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
