package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.mqtt.TestHub.numbers;
import static org.caravanhub.mqtt.TestHub.take;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.Exchange;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class MqttSetAsideTest {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exchange> aside = new LinkedBlockingQueue<>();
    private final TestMosquitto mosquitto = TestMosquitto.open();
    private TestHub hub;

    @BeforeEach
    void start() {
        mosquitto.start();
        hub = new TestHub(mosquitto.url()).flow("dead", "direct:dead", aside::add);
    }

    @AfterEach
    void stop() {
        hub.close();
        mosquitto.close();
    }

    @Test
    void failingMessagesAreSetAsideAndHoldUpNobody() throws Exception {
        hub.flow("numbers", "mqtt:t?receiveMaximum=100", exchange -> {
                    String body = exchange.getMessage().getBody(String.class);
                    if (body.startsWith("poison")) {
                        throw new IllegalStateException("cannot stomach " + body);
                    }
                    received.add(body);
                })
                .subscribed("numbers");
        try (RawPublisher device = new RawPublisher(mosquitto.port())) {
            for (int i = 0; i < 200; i++) {
                device.publish("t", "poison " + i);
            }
            device.publishNumbers("t", 0, 400);
        }

        assertThat(take(received, 400)).isEqualTo(numbers(0, 400));
        Await.until("200 are set aside", TestHub.PATIENCE, () -> aside.size() == 200);
        Exchange first = aside.take();
        assertThat(first.getMessage().getBody(String.class)).isEqualTo("poison 0");
        assertThat(first.getMessage().getHeader("CamelMqttTopic")).isEqualTo("t");
        assertThat(first.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessage("cannot stomach poison 0");
        assertThat(first.getProperty(Exchange.FAILURE_ROUTE_ID)).isEqualTo("numbers");
        assertThat(first.getProperty("CaravanMessages", List.class))
                .hasSize(1)
                .first()
                .isInstanceOf(Message.class);
        Await.until(
                "all is settled", TestHub.PATIENCE, () -> hub.state("numbers").pending() == 0);
        assertThat(hub.state("numbers").setAside()).isEqualTo(200);
    }

    @Test
    void oneBadMessageDoesNotTakeItsBatchWithIt() {
        hub.flow("numbers", "mqtt:t?batch=100", exchange -> {
                    List<Message> messages = exchange.getMessage().getBody(List.class);
                    for (Message message : messages) {
                        if (message.payload()[0] == 'x') {
                            throw new IllegalStateException("bad");
                        }
                    }
                    messages.forEach(message -> received.add(new String(message.payload(), StandardCharsets.UTF_8)));
                })
                .subscribed("numbers")
                .stop("numbers");
        try (RawPublisher device = new RawPublisher(mosquitto.port())) {
            device.publishNumbers("t", 0, 150);
            device.publish("t", "x").publishNumbers("t", 150, 300);
        }
        hub.start("numbers");

        assertThat(take(received, 300)).containsExactlyInAnyOrderElementsOf(numbers(0, 300));
        Await.until("it is set aside", TestHub.PATIENCE, () -> aside.size() == 1);
    }

    @Test
    void whatCannotEvenBeSetAsideComesAgain() {
        CountDownLatch tries = new CountDownLatch(2);
        hub.flow("refuse", "direct:refuse", exchange -> {
                    tries.countDown();
                    if (tries.getCount() > 0) {
                        throw new IllegalStateException("no room");
                    }
                    aside.add(exchange);
                })
                .flow("numbers", "mqtt:t?deadLetter=direct:refuse", exchange -> {
                    throw new IllegalStateException("bad");
                })
                .subscribed("numbers");
        try (LogLines log = new LogLines();
                RawPublisher device = new RawPublisher(mosquitto.port())) {
            device.publishNumbers("t", 0, 1);

            Await.until("it is set aside the second time", TestHub.PATIENCE, () -> aside.size() == 1);
            assertThat(log.warnings("neither handled nor set aside in direct:refuse"))
                    .hasSize(1);
            assertThat(hub.state("numbers").reconnects()).isEqualTo(1);
        }
    }
}
