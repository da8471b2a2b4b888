package org.caravanhub.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The emulated devices against a real Mosquitto. */
@Timeout(60)
class DemoTest {
    private static final Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");

    @TempDir
    Path folder;

    Process mosquitto;
    Process listener;
    BufferedReader heard;
    String url;

    @BeforeEach
    void aBrokerAndSomebodyWhoListens() throws Exception {
        assumeTrue(Files.isExecutable(MOSQUITTO), "mosquitto is not installed");
        String port = Integer.toString(freePort());
        url = "tcp://127.0.0.1:" + port;
        Path configuration = Files.writeString(
                folder.resolve("mosquitto.conf"), "listener " + port + " 127.0.0.1\nallow_anonymous true\nuser root\n");
        mosquitto = start(MOSQUITTO.toString(), "-c", configuration.toString());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        do {
            // It ends at once as long as Mosquitto does not listen yet; -d tells when it is subscribed.
            listener = start("mosquitto_sub", "-d", "-v", "-q", "1", "-p", port, "-t", "caravan/#");
            heard = listener.inputReader();
        } while (!isSubscribed() && System.nanoTime() < deadline);
    }

    private boolean isSubscribed() throws IOException {
        for (String line = heard.readLine(); line != null; line = heard.readLine()) {
            if (line.contains("Subscribed")) {
                return true;
            }
        }
        return false;
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @AfterEach
    void ends() throws Exception {
        if (mosquitto != null) {
            listener.destroy();
            mosquitto.destroy();
            assertThat(mosquitto.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void threeDevicesSpeakAndStopWithinASecond() throws Exception {
        Demo demo = new Demo(Clock.systemUTC(), 1);
        demo.start(url, () -> {});

        Set<String> topics = new HashSet<>();
        while (topics.size() < 3) {
            String message = nextMessage();
            topics.add(message.substring(0, message.indexOf(' ')));
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
        new Training(Clock.systemUTC(), 200).start(url, stopped::countDown);

        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();

        Set<String> different = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            different.add(nextMessage());
        }
        assertThat(different).hasSize(200);
    }

    private String nextMessage() throws IOException {
        String line = heard.readLine();
        while (line != null && !line.startsWith("caravan/")) {
            line = heard.readLine();
        }
        assertThat(line).as("a message").isNotNull();
        return line;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
