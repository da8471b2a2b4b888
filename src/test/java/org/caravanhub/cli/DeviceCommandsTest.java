package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.caravanhub.api.TestHub;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices are asked and configured from the command line, on a hub that runs. */
class DeviceCommandsTest {
    @TempDir
    Path folder;

    private TestHub hub;
    private HubCommands caravan;

    @BeforeEach
    void begin() throws Exception {
        hub = new TestHub(folder);
        caravan = new HubCommands(folder, hub.port());
        Instant now = Instant.now();
        byte[] metrics = "{\"temperature_c\":21.5}".getBytes(StandardCharsets.UTF_8);
        hub.keep(new Reading(Source.of("hut", "caravan"), now, now, Metrics.ofChecked(metrics), 0));
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    @Test
    void aCommandIsSentListedAndTakenBack() {
        assertThat(caravan.run("device", "send", "hut", "blink", "-p", "times=3", "-p", "colour=red", "--ttl", "1h"))
                .isZero();
        String id = caravan.out().split(" ", 2)[0];
        assertThat(caravan.out()).startsWith("cmd-").contains("queued: waits until");
        assertThat(caravan.run("device", "commands", "hut", "--json")).isZero();
        assertThat(caravan.out()).contains("\"parameters\":{\"times\":3,\"colour\":\"red\"}");
        assertThat(caravan.run("device", "commands", "hut")).isZero();
        assertThat(caravan.out()).contains("blink\t" + id + "\tqueued");
        assertThat(caravan.run("device", "commands", "hut", "--cancel", id)).isZero();
        assertThat(caravan.out()).contains("cancelled by admin");
        assertThat(caravan.run("device", "commands", "hut", "--cancel", id)).isEqualTo(ExitCode.CONFLICT);
    }

    @Test
    void whatIsRefusedSaysWhatToAdd() {
        assertThat(caravan.run("device", "send", "hut", "restart")).isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("--confirm");
        assertThat(caravan.run("device", "send", "hut", "restart", "--confirm")).isZero();
        assertThat(caravan.run("device", "send", "nobody", "blink")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.run("device", "send", "hut", "blink", "-p", "times")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aConfigurationIsSetPatchedAndShown() throws Exception {
        Path file = Files.writeString(folder.resolve("hut.json"), "{\"interval_s\":60,\"wifi\":{\"power\":20}}");
        assertThat(caravan.run("device", "config", "hut", "set", file.toString()))
                .isZero();
        assertThat(caravan.err()).contains("Version 1 is not yet at the broker");
        assertThat(caravan.run("device", "config", "hut", "patch", "wifi.power=9", "interval_s=null", "name=hut"))
                .isZero();
        assertThat(caravan.run("device", "config", "hut", "--json")).isZero();
        assertThat(caravan.out()).contains("\"desired\":{\"wifi\":{\"power\":9},\"name\":\"hut\"},\"version\":2");
        assertThat(caravan.run("device", "config", "hut")).isZero();
        assertThat(caravan.out()).contains("wifi\t{\"power\":9}");
        assertThat(caravan.run("device", "config", "hut", "diff")).isZero();
        assertThat(caravan.run("device", "config", "hut", "set")).isEqualTo(ExitCode.USAGE);
    }
}
