package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.Rollout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts over HTTP: the words of the contract, and what is refused. What a rollout does is told elsewhere. */
class RolloutApiTest {
    private static final String SPRING =
            "{\"name\":\"spring tide\",\"model\":\"node\",\"version\":\"1.1.0\",\"percentage\":10}";

    @TempDir
    Path folder;

    private TestHub hub;

    @BeforeEach
    void begin() throws Exception {
        hub = new TestHub(folder);
        hub.ota.publish("node", "1.1.0", "ESP32");
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    @Test
    void aRolloutIsFoundByItsNumberAndByItsName() throws Exception {
        HttpResponse<String> made = post("/api/v1/rollouts", SPRING);

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/rollouts/1");
        assertThat(json(hub.get("/api/v1/rollouts/1")).path("name").asText()).isEqualTo("spring tide");
        assertThat(json(hub.get("/api/v1/rollouts/spring%20tide")).path("id").asInt())
                .isEqualTo(1);
        assertThat(hub.get("/api/v1/rollouts/autumn").statusCode()).isEqualTo(404);
        assertThat(hub.get("/api/v1/rollouts/autumn").body()).contains("There is no rollout \\\"autumn\\\".");
    }

    @Test
    void theSameNameTwiceAndAReleaseThatIsNotThereAreRefused() throws Exception {
        post("/api/v1/rollouts", SPRING);

        assertThat(post("/api/v1/rollouts", SPRING).statusCode()).isEqualTo(409);
        assertThat(post("/api/v1/rollouts", "{\"model\":\"node\",\"version\":\"9\"}")
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> wrong =
                post("/api/v1/rollouts", "{\"model\":\"node\",\"version\":\"1.1.0\",\"percentige\":101}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("did you mean percentage?");
    }

    @Test
    void percentagesGoUpOnlyAndOnlyForWhoHasSeenIt() throws Exception {
        post("/api/v1/rollouts", SPRING);
        String seen = tag("/api/v1/rollouts/1");

        assertThat(patch("/api/v1/rollouts/1", "", "{\"percentage\":50}").statusCode())
                .isEqualTo(428);
        HttpResponse<String> raised = patch("/api/v1/rollouts/1", seen, "{\"percentage\":50}");
        assertThat(raised.statusCode()).isEqualTo(200);
        assertThat(json(raised).path("percent").asInt()).isEqualTo(50);
        assertThat(patch("/api/v1/rollouts/1", seen, "{\"percentage\":60}").statusCode())
                .isEqualTo(412);
        HttpResponse<String> lower = patch("/api/v1/rollouts/1", "*", "{\"percentage\":20}");
        assertThat(lower.statusCode()).isEqualTo(400);
        assertThat(lower.body()).contains("It has come to more devices already");
        assertThat(patch("/api/v1/rollouts/1", "*", "{}").statusCode()).isEqualTo(400);
        assertThat(json(post("/api/v1/rollouts/1/advance", "{\"percentage\":100}"))
                        .path("percent")
                        .asInt())
                .isEqualTo(100);
        assertThat(post("/api/v1/rollouts/1/advance", "{}").statusCode()).isEqualTo(409);
    }

    @Test
    void howFarItIsChangesTheTagAndNotWhatIsEdited() throws Exception {
        post("/api/v1/rollouts", SPRING);
        String before = tag("/api/v1/rollouts/1");

        hub.ota.update(1, "hut-door", State.FAILED, 0, "it says that it failed: flash");

        HttpResponse<String> now = hub.send(
                hub.asked("/api/v1/rollouts/1").header("If-None-Match", before).GET());
        assertThat(now.statusCode()).isEqualTo(200);
        assertThat(json(now).path("counts").path("failed").asInt()).isEqualTo(1);
        assertThat(json(now).path("failed").path(0).asText()).isEqualTo("hut-door");
        assertThat(patch("/api/v1/rollouts/1", before, "{\"percentage\":50}").statusCode())
                .isEqualTo(200);
        String known = tag("/api/v1/rollouts/1");
        assertThat(hub.send(hub.asked("/api/v1/rollouts/1")
                                .header("If-None-Match", known)
                                .GET())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void devicesComeInPagesAndByState() throws Exception {
        post("/api/v1/rollouts", SPRING);
        for (String device : new String[] {"c", "a", "b"}) {
            hub.ota.update(1, device, device.equals("b") ? State.DONE : State.DOWNLOADING, 40, "");
        }

        JsonNode first = json(hub.get("/api/v1/rollouts/1/updates?limit=2"));
        JsonNode second = json(hub.get("/api/v1/rollouts/1/updates?limit=2&cursor="
                + first.path("next_cursor").asText()));

        assertThat(first.path("items").findValuesAsText("device")).containsExactly("a", "b");
        assertThat(second.path("items").findValuesAsText("device")).containsExactly("c");
        assertThat(json(hub.get("/api/v1/rollouts/1/updates?state=done")).path("items"))
                .hasSize(1);
        assertThat(hub.get("/api/v1/rollouts/1/updates?state=dune").statusCode())
                .isEqualTo(400);
        assertThat(json(hub.get("/api/v1/devices/a/updates"))
                        .path("items")
                        .path(0)
                        .path("percent")
                        .asInt())
                .isEqualTo(40);
    }

    @Test
    void rolloutsComeInPagesTheNewestFirst() throws Exception {
        for (int i = 1; i <= 3; i++) {
            post("/api/v1/rollouts", SPRING.replace("spring tide", "r" + i));
        }
        hub.ota.moved(2, Rollout.State.PAUSED, 10, "2 devices failed");

        JsonNode first = json(hub.get("/api/v1/rollouts?limit=2"));
        JsonNode second = json(hub.get(
                "/api/v1/rollouts?limit=2&cursor=" + first.path("next_cursor").asText()));

        assertThat(first.path("items").findValuesAsText("name")).containsExactly("r3", "r2");
        assertThat(second.path("items").findValuesAsText("name")).containsExactly("r1");
        assertThat(json(hub.get("/api/v1/rollouts?state=paused"))
                        .path("items")
                        .path(0)
                        .path("reason")
                        .asText())
                .isEqualTo("2 devices failed");
    }

    @Test
    void whatCannotBeGivenBackIsSaid() throws Exception {
        post("/api/v1/rollouts", SPRING);

        assertThat(post("/api/v1/rollouts/1/rollback", "").statusCode()).isEqualTo(409);
        assertThat(post("/api/v1/rollouts/1/stop", "").body()).contains("stopped by admin");
        assertThat(json(post("/api/v1/rollouts:preview", SPRING))
                        .path("first")
                        .path(1)
                        .asText())
                .isEqualTo("water-tank");
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest.Builder request = hub.asked(path).POST(HttpRequest.BodyPublishers.ofString(body));
        return hub.send(body.isEmpty() ? request : request.header("Content-Type", "application/json"));
    }

    private HttpResponse<String> patch(String path, String expected, String body) throws Exception {
        HttpRequest.Builder request = hub.asked(path)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body));
        return hub.send(expected.isEmpty() ? request : request.header("If-Match", expected));
    }

    private String tag(String path) throws Exception {
        return hub.get(path).headers().firstValue("ETag").orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
