package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept in src/generated must be what the annotations say: mvn compile camel-component:generate makes it anew. */
class CatalogTest {
    private final JsonNode catalog = read();

    @Test
    void everyOptionOfAnEndpointIsInTheCatalog() {
        List<String> options = new ArrayList<>();
        for (Class<?> type : List.of(MqttEndpoint.class, MqttConfiguration.class)) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(UriParam.class)
                        && !field.getName().equals("configuration")) {
                    options.add(field.getName());
                    assertThat(catalog.at("/properties/" + field.getName() + "/description")
                                    .asText())
                            .as(field.getName())
                            .startsWith(field.getAnnotation(UriParam.class).description());
                }
            }
        }
        assertThat(catalog.get("properties").fieldNames()).toIterable().containsAll(options);
    }

    @Test
    void everyOptionOfTheComponentIsInTheCatalog() {
        List<String> options = Arrays.stream(MqttComponent.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Metadata.class))
                .map(Field::getName)
                .toList();
        assertThat(catalog.get("componentProperties").fieldNames()).toIterable().containsAll(options);
    }

    @Test
    void secretsAreMarked() {
        assertThat(catalog.at("/properties/password/secret").asBoolean()).isTrue();
        assertThat(catalog.at("/componentProperties/password/secret").asBoolean())
                .isTrue();
    }

    @Test
    void camelFindsTheComponentAndHidesThePassword() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            MqttEndpoint endpoint = camel.getEndpoint(
                    "mqtt:$share/hut/+/data,a/#?batch=500&keepAliveInterval=7&password=s3cret", MqttEndpoint.class);

            assertThat(endpoint.getTopic()).isEqualTo("$share/hut/+/data,a/#");
            assertThat(endpoint.getBatch()).isEqualTo(500);
            assertThat(endpoint.getConfiguration().getKeepAliveInterval()).isEqualTo(7);
            assertThat(endpoint.toString()).doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mqtt:a/#/b",
                "mqtt:a?qos=3",
                "mqtt:a?batch=0",
                "mqtt:a?brokerUrl=http://x",
                "mqtt:a?cleanstrat=true"
            })
    void aMistakeIsFoundBeforeAnythingRuns(String uri) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            assertThatThrownBy(() -> camel.getEndpoint(uri)).isInstanceOf(ResolveEndpointFailedException.class);
        }
    }

    private static JsonNode read() {
        try (InputStream in = CatalogTest.class.getResourceAsStream("/META-INF/org/caravanhub/mqtt/mqtt.json")) {
            return new ObjectMapper().readTree(in);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
