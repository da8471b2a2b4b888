package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanhub.mqtt.TestHub.into;
import static org.caravanhub.mqtt.TestHub.numbers;
import static org.caravanhub.mqtt.TestHub.take;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class MqttProducerTest {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final TestMosquitto mosquitto = TestMosquitto.open();
    private TestHub hub;
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        mosquitto.start();
        hub = new TestHub(mosquitto.url()).flow("dead", "direct:dead", exchange -> {});
        template = hub.camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        hub.close();
        mosquitto.close();
    }

    @ParameterizedTest
    @CsvSource({"5,0", "5,1", "5,2", "3.1.1,0", "3.1.1,1", "3.1.1,2"})
    void whatAFlowPublishesAnotherReceivesInOrder(String version, int qos) {
        hub.flow("numbers", "mqtt:t/#?qos=2", into(received)).subscribed("numbers");
        List<CompletableFuture<Object>> answers = new ArrayList<>();
        for (String number : numbers(0, 100)) {
            answers.add(template.asyncSendBody(
                    "mqtt:t/a?qos=" + qos + "&mqttVersion=" + version + "&clientId=producer", number));
            answers.get(answers.size() - 1).join();
        }

        assertThat(take(received, 100)).isEqualTo(numbers(0, 100));
    }

    @Test
    void aHeaderNamesAnotherTopicOnce() {
        hub.flow(
                        "numbers",
                        "mqtt:other/#",
                        exchange -> received.add(exchange.getMessage().getHeader("CamelMqttTopic", String.class)))
                .subscribed("numbers");
        Object left = template.send("mqtt:t", exchange -> {
                    exchange.getMessage().setBody(new byte[] {1});
                    exchange.getMessage().setHeader("CamelMqttOverrideTopic", "other/a");
                })
                .getMessage()
                .getHeader("CamelMqttOverrideTopic");

        assertThat(take(received, 1)).containsExactly("other/a");
        assertThat(left).isNull();
    }

    @Test
    void whatIsRetainedIsThereForLaterSubscribersAndGoneWithoutABody() {
        template.sendBody("mqtt:state?retained=true", "on");
        hub.flow("late", "mqtt:state", into(received));
        assertThat(take(received, 1)).containsExactly("on");

        template.sendBody("mqtt:state?retained=true", null);
        assertThat(take(received, 1)).containsExactly("");
        hub.flow("later", "mqtt:state", into(received)).subscribed("later");
        assertThat(received).isEmpty();
    }

    @Test
    void aBrokerThatIsAwayFailsAPublishInTimeAndALaterOneArrives() {
        template.sendBody("mqtt:t", "warm");
        mosquitto.stop();
        assertThatThrownBy(() -> template.sendBody("mqtt:t?timeout=300", "lost"))
                .isInstanceOf(CamelExecutionException.class)
                .rootCause()
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("\"t\"")
                .hasMessageContaining("within 300 ms; not connected");

        CompletableFuture<Object> waiting = template.asyncSendBody("mqtt:t?retained=true", "late");
        mosquitto.start();
        waiting.join();
        hub.flow("numbers", "mqtt:t", into(received));
        assertThat(take(received, 1)).containsExactly("late");
    }

    @Test
    void moreThanAThousandWaitingAreRefusedAtOnce() {
        mosquitto.stop();
        List<CompletableFuture<Object>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<Object> answer = new CompletableFuture<>();
            publisher()
                    .publish(
                            "t",
                            new byte[0],
                            1,
                            false,
                            Optional.empty(),
                            TestHub.PATIENCE,
                            failure -> answer.complete(null));
            answers.add(answer);
        }
        assertThatThrownBy(() -> template.sendBody("mqtt:t", "one too many"))
                .rootCause()
                .hasMessageContaining("1000 messages are waiting");
        mosquitto.start();
        answers.forEach(CompletableFuture::join);
        template.sendBody("mqtt:t", "now there is room");
    }

    private MqttPublisher publisher() {
        try {
            return hub.mqtt.publisher(new MqttConfiguration());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void producersShareOneConnection() {
        template.sendBody("mqtt:a", "x");
        template.sendBody("mqtt:b?qos=0", "x");
        template.sendBody("mqtt:c?retained=true", "x");
        Await.until("the log is written", TestHub.PATIENCE, () -> publishers() > 0);

        assertThat(publishers()).isEqualTo(1);
    }

    @Test
    void aTopicWithWildcardsIsNotPublishedTo() {
        assertThatThrownBy(() -> template.sendBody("mqtt:a/#", "x")).rootCause().hasMessageContaining("\"a/#\"");
    }

    private long publishers() {
        try {
            return java.nio.file.Files.readString(mosquitto.log(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("connected") && line.contains("caravan-publish-"))
                    .count();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
