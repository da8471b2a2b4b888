package org.caravanhub.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.caravanhub.flow.Mistake;
import org.junit.jupiter.api.Test;

/** What only Camel knows is found by building the flow; and building it leaves nothing behind. */
class DryRunTest {
    private static final String EVERYTHING = """
            - route:
                id: all-components
                routeConfigurationId: set-aside
                from:
                  uri: file:inbox?delete=true
                  steps:
                    - to: seda:later?size=10
                    - to: http://192.0.2.1/nobody
                    - to: jdbc:own
                    - to:
                        uri: paho-mqtt5:a/b
                        parameters:
                          brokerUrl: tcp://192.0.2.1:1883
                    - toD: "file:out-${header.day}?fileName=${header.name}"
                    - wireTap:
                        uri: seda:tap
                    - enrich:
                        constant: http://192.0.2.1/more
                    - aggregate:
                        correlationExpression:
                          constant: "true"
                        completionTimeout: "1000"
                        aggregationStrategy: "#class:org.apache.camel.processor.aggregate.UseLatestAggregationStrategy"
                        steps:
                          - threads:
                              poolSize: 2
                          - delay:
                              constant: "10"
                          - bean:
                              ref: pakuData
                              method: decode
            - route:
                id: all-starts
                errorHandler:
                  deadLetterChannel:
                    deadLetterUri: seda:dead
                    redeliveryPolicy:
                      maximumRedeliveries: 3
                from:
                  uri: quartz:a/b?cron=0+0+*+*+*+?
                  steps:
                    - log: hello
            - route:
                id: all-answers
                from:
                  uri: platform-http:/mine
                  steps:
                    - unmarshal:
                        json: {}
                    - throttle:
                        constant: "1"
            """;

    @Test
    void aFlowOfEverythingIsBuiltAndLeavesNothing() throws IOException {
        TestFlows.check(EVERYTHING);
        Set<String> threads = threads();
        Set<String> files = files();

        for (int i = 0; i < 20; i++) {
            assertThat(TestFlows.check(EVERYTHING).stream().map(Mistake::text)).isEmpty();
        }

        assertThat(threads()).isEqualTo(threads);
        assertThat(files()).isEqualTo(files);
    }

    @Test
    void whatTheHubHasNoJarForIsTold() throws IOException {
        String yaml = """
                - route:
                    id: breaks
                    from:
                      uri: direct:breaks
                      steps:
                        - circuitBreaker:
                            steps:
                              - stop: {}
                """;

        assertThat(TestFlows.check(yaml)).singleElement().satisfies(mistake -> {
            assertThat(mistake.code()).isEqualTo(Mistake.Code.WRONG_VALUE);
            assertThat(mistake.line()).isEqualTo(1);
            assertThat(mistake.message()).contains("camel-resilience4j");
        });
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("camel"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> files() throws IOException {
        try (var tree = Files.walk(Path.of("."), 2)) {
            return tree.map(Path::toString)
                    .filter(name -> !name.contains("target"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
