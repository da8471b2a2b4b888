package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flow files over HTTP: who has not seen a version does not overwrite it, and what has mistakes changes nothing. */
class FlowFileApiTest {
    private static final String FILE = "/api/v1/flow-files/my%2Flamp.camel.yaml";

    @TempDir
    Path folder;

    private TestHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = new TestHub(folder);
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    @Test
    void aRequestThatIsRefusedIsNoFailureOfTheFlowThatAnswersIt() throws Exception {
        assertThat(hub.get("/api/v1/flow-files/my%2Fnothing.camel.yaml").statusCode())
                .isEqualTo(404);

        assertThat(hub.get("/api/v1/flows/show-flow-file").body())
                .contains("\"state\":\"running\"")
                .contains("\"failed\":0");
    }

    @Test
    void whatWouldNotRunWhereItIsIsNotSaved() throws Exception {
        HttpResponse<String> saved = hub.send(hub.asked("/api/v1/flow-files/optional%2Flamp.camel.yaml")
                .header("If-None-Match", "*")
                .header("Content-Type", "application/yaml")
                .PUT(HttpRequest.BodyPublishers.ofString(flow("on"))));

        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(422);
        assertThat(saved.body()).contains("caravan.flows.optional");
    }

    @Test
    void aFileIsMadeChangedBroughtBackAndRemoved() throws Exception {
        assertThat(put(flow("on"), "If-None-Match", "\"x\"").statusCode()).isEqualTo(428);
        HttpResponse<String> made = put(flow("on"), "If-None-Match", "*");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(put(flow("on"), "If-None-Match", "*").statusCode()).isEqualTo(412);
        HttpResponse<String> seen = hub.get(FILE);
        String first = tag(seen);
        assertThat(seen.body()).isEqualTo(flow("on"));
        assertThat(first).isEqualTo(tag(made));

        HttpResponse<String> changed = put(flow("off"), "If-Match", first);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(folder.resolve("routes/my/lamp.camel.yaml")).hasContent(flow("off"));

        HttpResponse<String> stale = put(flow("dim"), "If-Match", first);
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(json(stale).path("expected_version").asText()).isEqualTo(first.replace("\"", ""));
        assertThat(json(stale).path("current_version").asText())
                .isEqualTo(tag(changed).replace("\"", ""));

        JsonNode restored = json(post(FILE + "/restore?number=1"));
        assertThat(restored.path("version").asText()).isEqualTo(first.replace("\"", ""));
        assertThat(hub.get(FILE + "/history/2").body()).isEqualTo(flow("off"));

        HttpResponse<String> removed =
                hub.send(hub.asked(FILE).header("If-Match", first).DELETE());
        assertThat(removed.statusCode()).as(removed.body()).isEqualTo(200);
        assertThat(hub.get(FILE).statusCode()).isEqualTo(404);
        assertThat(json(hub.get(FILE + "/history")).path("items").findValuesAsText("result"))
                .containsExactly("removed", "restored", "applied", "applied");
    }

    @Test
    void whoAsksAFlowThatFailsIsToldWhichAndNothingElse() throws Exception {
        String failing = """
                - route:
                    id: lamp
                    from:
                      uri: platform-http:/my/lamp
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: the password is hunter22
                """;
        assertThat(put(failing, "If-None-Match", "*").statusCode()).isEqualTo(200);

        HttpResponse<String> answer = hub.get("/my/lamp");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).path("detail").asText()).contains("caravan flow trace lamp");
        assertThat(json(answer).path("request_id").asText())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(answer.body()).doesNotContain("hunter22");
    }

    @Test
    void mistakesAreToldWithTheirPlaceAndNothingIsWritten() throws Exception {
        HttpResponse<String> refused = put("- route:\n    id: \"lamp\n", "If-None-Match", "*");

        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode mistake = json(refused).path("errors").path(0);
        assertThat(mistake.path("file").asText()).isEqualTo("my/lamp.camel.yaml");
        assertThat(mistake.path("code").asText()).isEqualTo("not_yaml");
        assertThat(mistake.path("line").asInt()).isPositive();
        assertThat(Files.exists(folder.resolve("routes/my/lamp.camel.yaml"))).isFalse();

        HttpRequest.Builder check = hub.asked("/api/v1/flow-files:check")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"files\":{\"a.camel.yaml\":\"- route: {id: a\"}}"));
        assertThat(json(hub.send(check)).path("errors").findValuesAsText("file"))
                .containsExactly("a.camel.yaml");
    }

    @Test
    void noOtherFileOfTheMachineCanBeNamed() throws Exception {
        List<String> elsewhere = List.of(
                "..%2f..%2fetc%2fpasswd",
                "..%2F..%2Fadmin.token",
                "%2e%2e%2fadmin.token",
                "%2Fetc%2Fpasswd",
                "api%2F..%2F..%2Fflows%2Fnote",
                "api%2F..%2F..%2Fx.camel.yaml",
                "x.camel.yaml%00.txt",
                "x%5C..%5Cy.camel.yaml",
                "X.camel.yaml",
                "a%2Fb%2Fc%2Fd%2Fe.camel.yaml",
                ".hidden.camel.yaml",
                "a b.camel.yaml".replace(" ", "%20"),
                "%252e%252e%252fx.camel.yaml",
                "CON.camel.yaml");
        for (String name : elsewhere) {
            HttpRequest.Builder request = hub.asked("/api/v1/flow-files/" + name)
                    .header("If-Match", "*")
                    .header("Content-Type", "application/yaml")
                    .PUT(HttpRequest.BodyPublishers.ofString(flow("on")));
            assertThat(hub.send(request).statusCode()).as(name).isIn(400, 404);
            assertThat(hub.get("/api/v1/flow-files/" + name).statusCode())
                    .as(name)
                    .isIn(400, 404);
        }
        for (String raw : List.of("/api/v1/flow-files/../../admin.token", "/api/v1/flow-files//etc/passwd")) {
            assertThat(hub.raw("GET " + raw + " HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer " + hub.token.text()
                            + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void aFlowIsPausedAndResumed() throws Exception {
        put(flow("on"), "If-None-Match", "*");

        assertThat(post("/api/v1/flows/lamp/pause").body()).contains("paused");
        assertThat(hub.camel().getRouteController().getRouteStatus("lamp").isStarted())
                .isFalse();
        assertThat(post("/api/v1/flows/lamp/resume").body()).contains("running");
        assertThat(hub.camel().getRouteController().getRouteStatus("lamp").isStarted())
                .isTrue();
        assertThat(post("/api/v1/flows/lantern/pause").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> put(String yaml, String header, String value) throws Exception {
        return hub.send(hub.asked(FILE)
                .header(header, value)
                .header("Content-Type", "application/yaml")
                .PUT(HttpRequest.BodyPublishers.ofString(yaml)));
    }

    private HttpResponse<String> post(String path) throws Exception {
        return hub.send(hub.asked(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    private static String flow(String answer) {
        return """
                - route:
                    id: lamp
                    from:
                      uri: direct:lamp
                      steps:
                        - setBody:
                            expression:
                              constant:
                                expression: "%s"
                """.formatted(answer);
    }
}
