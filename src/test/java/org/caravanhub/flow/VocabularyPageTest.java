package org.caravanhub.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravanhub.GeneratedFile;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.notice.NotifyComponent;
import org.caravanhub.schedule.EveryComponent;
import org.caravanhub.store.StoreComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code docs/reference/vocabulary.md} is made from what the components, templates and policies say of themselves. */
class VocabularyPageTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/vocabulary");
    private static final Path SHARED = Path.of("routes/shared");
    private static final List<String> COMPONENTS =
            List.of("mqtt/mqtt", "store/store", "schedule/every", "notice/notify");
    /** Of each word those that show how it begins a flow, and how it is a step. */
    private static final Map<String, List<String>> EXAMPLES_OF = Map.of(
            "mqtt", List.of("mqtt-start", "mqtt-step"),
            "store", List.of("store-value-start", "store-reading-start", "store-step"),
            "every", List.of("every-start"),
            "notify", List.of("notify-step"));

    private static final Map<String, String> NOT_OF_THE_STORY =
            Map.of("answer-problem", "of the API only", "in-one-commit", "of the hub's own upkeep only");

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleCanBeLoadedAsItStands(String example) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.setAutoStartup(false);
            camel.addComponent("mqtt", new MqttComponent());
            camel.addComponent("store", new StoreComponent());
            camel.addComponent("every", new EveryComponent());
            camel.addComponent("notify", new NotifyComponent());
            camel.start();
            for (String shared : List.of("set-aside", "alert-below", "alert-above")) {
                load(camel, SHARED.resolve(shared + ".camel.yaml"));
            }
            load(camel, EXAMPLES.resolve(example));

            assertThat(camel.getRoutes()).hasSize(1);
            assertThat(Files.readAllLines(EXAMPLES.resolve(example))).hasSizeLessThan(21);
        }
    }

    @Test
    void thePageSaysWhatTheWordsSayOfThemselves() throws IOException {
        StringBuilder page = new StringBuilder("""
                # The vocabulary of flows

                Made from the components, templates and policies themselves; a test keeps it true, and loads every example.

                A flow is a YAML file in the folder of flows. It starts from one of `mqtt:`, `store:` and `every:`, and its steps are those of
                Apache Camel and these. `${...}` is filled in by Camel's language Simple; `{{...}}` is a setting (`{{flow.anything}}`) or a
                [secret](../how-to/keep-secrets-out-of-flows.md) (`{{secret:name}}`) and is filled in when the flow is loaded. An option with
                `%`, `&` or `+` in it is written `RAW(...)`. Times are written `500ms`, `30s`, `5m`, `6h`, `2d`.

                """);
        for (String component : COMPONENTS) {
            component(page, component);
        }
        templates(page);
        policies(page);
        page.append("""
                ## Beans

                A step `bean` with `ref` and `method` calls one of these.

                | ref | method | takes | gives |
                |---|---|---|---|
                | `air` | `derive` | the body of `store:reading`, with `temperature_c` and `humidity_percent` | a reading of the same device and moment with `dew_point_c` and `absolute_humidity_g_m3`; none if that cannot be |
                """);
        for (String[] decoder : new String[][] {
            {"pakuData", "paku"},
            {"pakuRuuvi", "paku"},
            {"pakuEdge", "paku"},
            {"pakuDevice", "paku"},
            {"alonaTelemetry", "alona"},
            {"alonaNode", "alona"},
            {"caravanTelemetry", "caravan"},
            {"caravanDevice", "caravan"},
            {"iot", "iot"},
            {"esphomeState", "esphome"},
            {"esphomeStatus", "esphome"},
            {"ruuviGateway", "ruuvi"},
            {"ecoflowBridge", "ecoflow"}
        }) {
            page.append("| `")
                    .append(decoder[0])
                    .append("` | `decode` | a list of messages: `mqtt:` with `batch` above 1 | what [")
                    .append(decoder[1])
                    .append("](topics/")
                    .append(decoder[1])
                    .append(".md) devices said, for `store:reading` |\n");
        }
        GeneratedFile.mustBe("docs/reference/vocabulary.md", page.toString());
    }

    private static void component(StringBuilder page, String path) throws IOException {
        JsonNode catalog = catalog(path);
        String scheme = catalog.at("/component/scheme").asText();
        page.append("## `").append(scheme).append(":`\n\n");
        page.append(catalog.at("/component/description").asText()).append("\n\n");
        page.append("`").append(catalog.at("/component/syntax").asText()).append("`\n\n");
        page.append("| option | of | value | default | what it does |\n|---|---|---|---|---|\n");
        Iterator<Map.Entry<String, JsonNode>> options =
                catalog.get("properties").fields();
        while (options.hasNext()) {
            Map.Entry<String, JsonNode> option = options.next();
            JsonNode says = option.getValue();
            if (!says.path("label").asText().contains("advanced")) {
                option(page, option.getKey(), says);
            }
        }
        page.append('\n');
        for (String example : Objects.requireNonNull(EXAMPLES_OF.get(scheme))) {
            example(page, example);
        }
        if (Files.exists(Path.of("docs/reference/components", scheme + ".md"))) {
            page.append("More: [`")
                    .append(scheme)
                    .append(":`](components/")
                    .append(scheme)
                    .append(".md).\n\n");
        }
    }

    private static void option(StringBuilder page, String name, JsonNode says) {
        boolean isPath = says.path("kind").asText().equals("path");
        String label = says.path("label").asText();
        String of =
                isPath ? "path" : label.contains("consumer") ? "start" : label.contains("producer") ? "step" : "both";
        List<String> words = new ArrayList<>();
        says.path("enum").forEach(word -> words.add("`" + word.asText() + "`"));
        String value = words.isEmpty() ? says.path("type").asText() : String.join(", ", words);
        String standard = says.path("defaultValue").asText();
        page.append("| `")
                .append(name)
                .append("` | ")
                .append(of)
                .append(" | ")
                .append(value)
                .append(" | ");
        page.append(standard.isEmpty() ? "–" : "`" + standard + "`").append(" | ");
        page.append(says.path("description").asText().replace("|", "\\|").replace("\n", " "))
                .append(" |\n");
    }

    @SuppressWarnings("unchecked") // the shape of a template
    private static void templates(StringBuilder page) throws IOException {
        page.append("## Templates\n\nA flow is made of one by giving it a name and values.\n\n");
        for (Map.Entry<String, Map<String, Object>> template :
                shared("routeTemplate").entrySet()) {
            Map<String, Object> says = template.getValue();
            page.append("### ")
                    .append(template.getKey())
                    .append("\n\n")
                    .append(says.get("description"))
                    .append("\n\n");
            page.append("| parameter | default | what it is |\n|---|---|---|\n");
            for (Map<String, Object> parameter :
                    (List<Map<String, Object>>) Objects.requireNonNull(says.get("parameters"))) {
                boolean isNeeded = !Boolean.FALSE.equals(parameter.get("required"));
                Object standard = parameter.getOrDefault("defaultValue", "");
                page.append("| `").append(parameter.get("name")).append("` | ");
                page.append(!standard.equals("") ? "`" + standard + "`" : isNeeded ? "needed" : "–")
                        .append(" | ");
                page.append(parameter.get("description")).append(" |\n");
            }
            page.append('\n');
            example(page, template.getKey());
        }
    }

    private static void policies(StringBuilder page) throws IOException {
        page.append("## Policies\n\nWhat happens when a step fails: `routeConfigurationId` of the flow names one.\n\n");
        page.append("| id | what happens |\n|---|---|\n");
        for (Map.Entry<String, Map<String, Object>> policy :
                shared("routeConfiguration").entrySet()) {
            if (!NOT_OF_THE_STORY.containsKey(policy.getKey())) {
                page.append("| `").append(policy.getKey()).append("` | ");
                page.append(policy.getValue().get("description")).append(" |\n");
            }
        }
        page.append('\n');
    }

    /** What is said in routes/shared of things of this kind, by id. */
    @SuppressWarnings("unchecked") // the shape of a flow file
    private static Map<String, Map<String, Object>> shared(String kind) throws IOException {
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(SHARED)) {
            for (Path file : files.sorted().toList()) {
                Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                for (Map<String, Object> entry : (List<Map<String, Object>>) root) {
                    if (entry.get(kind) instanceof Map<?, ?> says) {
                        found.put(String.valueOf(says.get("id")), (Map<String, Object>) says);
                    }
                }
            }
        }
        return found;
    }

    private static void example(StringBuilder page, String name) throws IOException {
        page.append("```yaml\n")
                .append(Files.readString(EXAMPLES.resolve(name + ".yaml")))
                .append("```\n\n");
    }

    private static void load(DefaultCamelContext camel, Path file) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.fromBytes(file.getFileName().toString(), Files.readAllBytes(file)));
    }

    private static JsonNode catalog(String path) throws IOException {
        try (InputStream in =
                VocabularyPageTest.class.getResourceAsStream("/META-INF/org/caravanhub/" + path + ".json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
