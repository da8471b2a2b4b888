package org.caravanhub.ping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.mqtt.MqttComponent;
import org.junit.jupiter.api.Test;

class PingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void itsMessageGoesRoundByTheBrokerAndTheWriter() throws Exception {
        try (TestMosquitto broker = TestMosquitto.open().start();
                DefaultCamelContext camel = camel(broker)) {
            AtomicBoolean writes = new AtomicBoolean(true);
            try (SelfMessage message = new SelfMessage(camel, sign -> {
                if (writes.get()) {
                    sign.run();
                }
            })) {
                Await.until("it is heard", PATIENCE, () -> make(message, 200) == RoundTrip.Result.BACK);

                writes.set(false);
                assertThat(make(message, 200)).isEqualTo(RoundTrip.Result.LOST);

                writes.set(true);
                broker.stop();
                assertThat(make(message, 10_000))
                        .as("without a broker nothing would be mended by a new start")
                        .isEqualTo(RoundTrip.Result.WITHOUT_BROKER);

                broker.start();
                Await.until("it is heard again", PATIENCE, () -> make(message, 1_000) == RoundTrip.Result.BACK);
            }
        }
    }

    private static RoundTrip.Result make(SelfMessage message, long limitMillis) {
        try {
            return message.make(Duration.ofMillis(limitMillis));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DefaultCamelContext camel(TestMosquitto broker) {
        DefaultCamelContext camel = new DefaultCamelContext();
        MqttComponent mqtt = new MqttComponent(Clock.systemUTC());
        mqtt.setBrokerUrl(broker.url());
        mqtt.setDeadLetter("log:dead");
        camel.addComponent("mqtt", mqtt);
        camel.start();
        return camel;
    }

    @Test
    void healthTellsHowLongItTookAndLaterThatNothingHasComeForTooLong() throws Exception {
        AtomicLong ahead = new AtomicLong();
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        RoundTrip trip = limit -> {
            if (!isFirst.getAndSet(false)) {
                end.await();
            }
            return RoundTrip.Result.BACK;
        };
        try (Ping ping = new Ping(trip, Duration.ofMillis(50))) {
            PingHealth health = new PingHealth(() -> Optional.of(ping), () -> System.nanoTime() + ahead.get());
            ping.begin();
            Await.until("the first came back", PATIENCE, () -> ping.last().isPresent());

            assertThat(health.check().what())
                    .matches("A message of the hub to itself came back in \\d+ ms, 0 s ago\\.");
            Exposition metrics = new Exposition();
            health.expose(metrics);
            assertThat(metrics.text()).contains("caravan_ping_back 1", "caravan_ping_seconds ");

            ahead.set(Duration.ofSeconds(90).toNanos());
            assertThat(health.check().state()).isEqualTo(Health.State.PROBLEM);
            assertThat(health.check().what()).contains("has ended for 9");
            end.countDown();
        }
    }

    @Test
    void oneThatIsLostIsAWarningAndTheSecondAProblemOfTheHub() throws Exception {
        try (Ping ping = new Ping(limit -> RoundTrip.Result.LOST, Duration.ofMillis(20))) {
            PingHealth health = new PingHealth(() -> Optional.of(ping));
            ping.begin();

            Await.until("two are lost", PATIENCE, () -> health.check().state() == Health.State.PROBLEM);

            assertThat(health.check().why()).contains("the hub is at fault");
        }
    }
}
