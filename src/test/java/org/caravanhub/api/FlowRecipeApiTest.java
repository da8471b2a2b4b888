package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows to begin with over HTTP, as a page offers them. */
class FlowRecipeApiTest {
    @TempDir
    Path folder;

    @Test
    void aRecipeIsListedAndTakenUnderAnIdOfOnesOwn() throws Exception {
        try (TestHub hub = new TestHub(folder)) {
            JsonNode list = json(hub.get("/api/v1/flow-recipes")).path("items");
            assertThat(list.findValuesAsText("name")).startsWith("empty").contains("frost", "webhook");
            assertThat(list.path(0).has("text")).isFalse();

            JsonNode cellar = json(hub.get("/api/v1/flow-recipes/frost?id=cellar"));
            assertThat(cellar.path("text").asText())
                    .contains("    id: cellar\n", "id: tell-cellar\n", "notify:cellar\n");
            assertThat(cellar.path("settings").findValuesAsText("key")).contains("flow.cellar.below");
            assertThat(json(hub.get("/api/v1/flow-recipes/frost")).path("id").asText())
                    .isEqualTo("my-frost");

            HttpResponse<String> unknown = hub.get("/api/v1/flow-recipes/low-batery");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(json(unknown).path("detail").asText())
                    .isEqualTo("There is no recipe \"low-batery\" – did you mean \"low-battery\"?");
            assertThat(hub.get("/api/v1/flow-recipes/nothing-like-it").body()).contains("There are: empty, ");
            assertThat(hub.get("/api/v1/flow-recipes/frost?id=x%3A%20y").statusCode())
                    .isEqualTo(400);
            assertThat(hub.get("/api/v1/flow-recipes/..%2Fapi%2Fshow-flow").statusCode())
                    .isIn(400, 404);
        }
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }
}
