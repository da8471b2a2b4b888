package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.alert.PushServer;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frost while there is no internet; the hub loses its power before there is again. */
class KilledAlertTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void whatWaitedIsSentAfterAPowerCutAndToldOnlyOnce() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        HubDatabase database = new HubDatabase(data);
        int port = Ports.free();
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            HubProcess hub = start(data, broker, port);
            try {
                measure(broker, "1.5");
                Await.until("it waits", PATIENCE, () -> database.number("select count(*) from delivery") == 1);
                hub.kill();

                try (PushServer phone = new PushServer(port)) {
                    hub = start(data, broker, port);
                    PushServer.Post post = phone.posts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    assertThat(post).isNotNull();
                    assertThat(post.header("Title")).isEqualTo("=?UTF-8?B?RnJvc3Q6IDEuNSDCsEMgYXQgaHV0?=");
                    Await.until("nothing waits", PATIENCE, () -> database.number("select count(*) from delivery") == 0);

                    measure(broker, "1.4");
                    measure(broker, "4.5");
                    PushServer.Post over = phone.posts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    assertThat(over).isNotNull();
                    assertThat(over.header("Tags")).isEqualTo("frost,resolved");
                    assertThat(phone.posts).isEmpty();
                    assertThat(hub.get(data, "/api/v1/alerts?state=resolved")).contains("\"name\":\"frost\"");
                }
            } finally {
                hub.close();
            }
        }
    }

    private static HubProcess start(Path data, TestMosquitto broker, int port) {
        return HubProcess.start(
                data,
                data.resolve("output.log"),
                broker,
                "env",
                "CARAVAN_FLOWS_OPTIONAL=frost",
                "CARAVAN_NOTIFY_URL=http://127.0.0.1:" + port + "/hut");
    }

    private static void measure(TestMosquitto broker, String celsius) throws Exception {
        Process publisher = new ProcessBuilder(
                        "mosquitto_pub",
                        "-q",
                        "1",
                        "-p",
                        Integer.toString(broker.port()),
                        "-t",
                        "caravan/hut/telemetry",
                        "-m",
                        "{\"temperature_c\":" + celsius + "}")
                .inheritIO()
                .start();
        assertThat(publisher.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
