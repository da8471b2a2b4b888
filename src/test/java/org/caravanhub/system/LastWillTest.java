package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real last wills of a real broker, told by a hub that is killed in between. */
class LastWillTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @Test
    void aDeviceThatDiesIsOfflineOneThatTakesOverIsNotAndAKilledHubTellsNeitherTwice() {
        try (TestMosquitto broker = TestMosquitto.open().start();
                WilledDevice hut = new WilledDevice(broker.port(), "hut").measures();
                WilledDevice old = new WilledDevice(broker.port(), "van").measures();
                WilledDevice silent = new WilledDevice(broker.port(), "silent")) {
            new WilledDevice(broker.port(), "dead").die();
            HubProcess hub = HubProcess.start(data, broker);
            try {
                hut.measures();
                old.measures();
                await(hub, "hut", "\"state\":\"online\"");
                await(hub, "van", "\"changes\":[{\"state\":\"online\",\"reason\":\"heard\"");

                hut.die();
                try (WilledDevice van = new WilledDevice(broker.port(), "van")) {
                    await(hub, "hut", "\"changes\":[{\"state\":\"offline\",\"reason\":\"last will at ");
                    await(hub, "dead", "\"state\":\"offline\",\"reason\":\"last will, kept by the broker\"");
                    assertThat(presence(hub, "silent"))
                            .as("the broker kept its birth")
                            .contains("\"state\":\"new\"", "\"heard_at\":null");
                    assertThat(presence(hub, "van"))
                            .as("its old connection's will came, and then itself")
                            .contains("\"state\":\"online\"", "\"lost_last_hour\":1");
                    String before = changes(hub, "hut");

                    hub.kill();
                    hub = HubProcess.start(data, broker);
                    assertThat(presence(hub, "silent")).as("still").contains("\"state\":\"new\"");
                    silent.measures();
                    await(hub, "silent", "\"changes\":[{\"state\":\"online\"");

                    assertThat(presence(hub, "hut")).contains("\"state\":\"offline\",\"reason\":\"last will at ");
                    assertThat(presence(hub, "van")).contains("\"state\":\"online\"");
                    assertThat(changes(hub, "hut")).isEqualTo(before);
                }
                try (WilledDevice back = new WilledDevice(broker.port(), "hut")) {
                    await(hub, "hut", "\"state\":\"online\"");
                }
            } finally {
                hub.close();
            }
        }
    }

    private void await(HubProcess hub, String device, String text) {
        Await.until(device + " has " + text, PATIENCE, () -> {
            // Asked more often, the hub would do little else.
            LockSupport.parkNanos(100_000_000);
            return presence(hub, device).contains(text);
        });
    }

    private String presence(HubProcess hub, String device) {
        return hub.get(data, "/api/v1/devices/" + device + "/presence");
    }

    private String changes(HubProcess hub, String device) {
        String all = presence(hub, device);
        return all.substring(all.indexOf("\"changes\""));
    }
}
