package org.caravanhub.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulated devices against a real Mosquitto. */
class DemoTest {
    private final TestMosquitto mosquitto = TestMosquitto.open();
    private Listener listener;

    @TempDir
    Path folder;

    @BeforeEach
    void aBrokerAndSomebodyWhoListens() throws Exception {
        mosquitto.start();
        listener = new Listener(mosquitto.url(), "caravan/+/telemetry");
    }

    @AfterEach
    void ends() throws Exception {
        listener.close();
        mosquitto.close();
    }

    @Test
    void threeDevicesSpeakAndStopWithinASecond() throws Exception {
        Demo demo = new Demo(Clock.systemUTC(), 1, folder);
        demo.start(mosquitto.url(), 1, () -> {});

        Set<String> topics = new HashSet<>();
        while (topics.size() < 3) {
            topics.add(listener.next().topic());
        }
        long before = System.nanoTime();
        demo.close();

        assertThat(topics)
                .containsExactlyInAnyOrder(
                        "caravan/demo-van-climate/telemetry",
                        "caravan/demo-water-tank/telemetry",
                        "caravan/demo-ecoflow/telemetry");
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(1_500));
    }

    @Test
    void trainingSpeaksItsShareAndThenStopsTheHub() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Training training = new Training(Clock.systemUTC(), 200);
        training.start(mosquitto.url(), 1, stopped::countDown);

        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(training.isDone()).isTrue();
        Set<String> different = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            different.add(new String(listener.next().payload(), StandardCharsets.UTF_8));
        }
        assertThat(different).hasSize(200);
    }

    @Test
    void aDeviceWhoseBrokerIsAwayComesBack() throws Exception {
        Demo demo = new Demo(Clock.systemUTC(), 1, folder);
        demo.start(mosquitto.url(), 1, () -> {});
        listener.next();
        listener.close();
        mosquitto.stop();

        mosquitto.start();
        listener = new Listener(mosquitto.url(), "caravan/demo-van-climate/telemetry");

        assertThat(listener.next().payload()).isNotEmpty();
        demo.close();
    }
}
