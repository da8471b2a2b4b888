package org.caravanhub.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.mqtt.MqttComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service manager that writes down what it is told, and a real broker. */
class WatchdogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    Path told;

    @BeforeEach
    void nothingWasTold() throws IOException {
        told = Files.createFile(folder.resolve("told"));
    }

    @Test
    void whomNoSystemdHasStartedTellsNobody() {
        assertThat(Systemd.of(Map.of("WATCHDOG_USEC", "60000000"))).isEmpty();
    }

    @Test
    void aHubThatHearsItselfNoLongerFallsSilentAndSaysSo() throws Exception {
        AtomicBoolean isLost = new AtomicBoolean();
        try (Watchdog watchdog = new Watchdog(
                systemd("200000"), limit -> isLost.get() ? RoundTrip.Result.LOST : RoundTrip.Result.BACK)) {
            watchdog.begin();
            Await.until("two signs of life", PATIENCE, () -> count("WATCHDOG=1") >= 2);

            isLost.set(true);

            Await.until("it says so", PATIENCE, () -> count("A message to itself does not come back.") >= 2);
            assertThat(told().substring(told().indexOf("does not come back"))).doesNotContain("WATCHDOG=1");
        }
        assertThat(told()).startsWith("READY=1 STATUS=Takes messages.\n").contains("STOPPING=1");
    }

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

    private Systemd systemd(String microseconds) {
        return Systemd.of(
                        Map.of("NOTIFY_SOCKET", "/run/none", "WATCHDOG_USEC", microseconds),
                        List.of("sh", "-c", "echo \"$*\" >> " + told, "systemd-notify"))
                .orElseThrow();
    }

    private String told() {
        try {
            return Files.readString(told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long count(String words) {
        return told().lines().filter(line -> line.contains(words)).count();
    }
}
