package org.caravanhub.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.caravanhub.GeneratedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What an editor knows of flows: made from what the hub knows, right for each shipped flow, and right about mistakes. */
class EditorSchemaTest {
    private static final String FILE = "config/schemas/flow.schema.json";

    @Test
    void theSchemaIsWhatTheHubKnows() throws IOException {
        GeneratedFile.mustBe(FILE, EditorSchema.text());
    }

    static Stream<Map.Entry<String, byte[]>> flows() throws IOException {
        return TestFlows.shipped().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aShippedFlowIsRightForAnEditorToo(Map.Entry<String, byte[]> flow) throws IOException {
        assertThat(mistakes(new String(flow.getValue(), StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void anEditorSeesAnOptionThatIsNotThere() throws IOException {
        String yaml = """
                - route:
                    id: a
                    from:
                      uri: seda:a
                      parameters:
                        szie: 5
                      steps:
                        - stop: {}
                """;

        assertThat(mistakes(yaml)).anySatisfy(mistake -> assertThat(mistake).contains("szie"));
        assertThat(mistakes(yaml.replace("szie", "size"))).isEmpty();
    }

    @Test
    void anEditorOffersNoLanguageThatIsRefused() throws IOException {
        String yaml = """
                - route:
                    id: a
                    from:
                      uri: direct:a
                      steps:
                        - setBody:
                            simple: a
                """;

        assertThat(mistakes(yaml)).isEmpty();
        assertThat(mistakes(yaml.replace("simple", "groovy"))).isNotEmpty();
    }

    /** Read once: it is large, and there are many flows. */
    private static final class Schema {
        static final JsonSchema READ = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(Path.of(FILE).toAbsolutePath().toUri());
    }

    private static List<String> mistakes(String yaml) throws IOException {
        Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        JsonNode node = new JsonMapper().valueToTree(read);
        return Schema.READ.validate(node).stream().map(Object::toString).toList();
    }
}
