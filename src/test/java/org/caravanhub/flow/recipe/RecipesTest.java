package org.caravanhub.flow.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What there is to begin a flow with, and what becomes of it under another id. */
class RecipesTest {
    @Test
    void everyOptionalFlowIsARecipeAndOneBeginsWithNothing() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes/optional"))) {
            List<String> optional = files.map(file -> file.getFileName().toString())
                    .map(name -> name.replace(".camel.yaml", ""))
                    .sorted()
                    .toList();

            assertThat(Recipes.names()).startsWith("empty").endsWith(optional.toArray(String[]::new));
        }
        assertThat(Recipes.all())
                .allSatisfy(recipe -> assertThat(recipe.description()).endsWith("."));
    }

    @Test
    void whatIsCalledAfterTheFlowIsCalledAfterTheNewOneAndTheRestStays() {
        Recipe frost = Recipe.of("frost", """
                # frost: the °C of the 🥶 cellar
                - route:
                    id: frost # mine
                    group: optional
                    description: Told.
                    from:
                      id: "coldest"
                      uri: store:value
                      parameters:
                        id: frost
                        below: "{{flow.frost.below:3}}"
                      steps:
                        - to: {id: tell-frost, uri: "notify:frost"}
                        - to: {id: tell-defrost, uri: notify:frost-bite}
                """);

        assertThat(frost.as("cellar").text()).isEqualTo("""
                # frost: the °C of the 🥶 cellar
                - route:
                    id: cellar # mine
                    group: my
                    description: Told.
                    from:
                      id: coldest-cellar
                      uri: store:value
                      parameters:
                        id: frost
                        below: "{{flow.cellar.below:3}}"
                      steps:
                        - to: {id: tell-cellar, uri: "notify:cellar"}
                        - to: {id: tell-defrost-cellar, uri: notify:frost-bite}
                """);
        assertThat(frost.as("1e5").text()).contains("    id: \"1e5\" # mine", "id: coldest-1e5\n");
    }

    @Test
    void whatItNeedsIsToldApartFromWhatItMayBeGiven() {
        Recipe report = Recipes.find("daily-report").orElseThrow().as("mail");
        Recipe influx = Recipes.find("forward-influx").orElseThrow();

        assertThat(report.secrets()).containsExactly("mail-password");
        assertThat(report.settings())
                .contains(new Recipe.Setting("flow.mail.at", java.util.Optional.of("07:00")))
                .allMatch(setting -> setting.otherwise().isPresent());
        assertThat(influx.settings())
                .containsExactly(new Recipe.Setting("caravan.influx.url", java.util.Optional.empty()));
        assertThat(Recipes.find("../api/show-flow")).isEmpty();
    }
}
