package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What an owner types about devices, on a hub that runs. */
class RegistryCommandsTest {
    @TempDir
    Path folder;

    private TestHub hub;
    private HubCommands caravan;

    @BeforeEach
    void begin() throws Exception {
        hub = new TestHub(folder);
        caravan = new HubCommands(folder, hub.port());
        Instant now = Instant.now();
        hub.keep(new Reading(
                new Source("emu01", "paku", "home", "cooling", "", "", ""),
                now,
                now,
                Metrics.of("temperature_c", 4),
                0));
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    @Test
    void aDeviceIsFoundNamedMovedAndLetGo() throws Exception {
        int early = caravan.run("device", "rename", "emu01", "Fridge");
        assertThat(early).as(caravan.err()).isEqualTo(ExitCode.CONFLICT);
        assertThat(caravan.err()).contains("emu01 was heard, but is not registered", "device adopt emu01");
        assertThat(caravan.run("device", "list", "--unknown")).isZero();
        assertThat(caravan.out()).contains("emu01\tonline\t");

        assertThat(caravan.run("device", "adopt", "emu01")).isZero();
        assertThat(caravan.out()).isEqualTo("emu01 is registered, family paku.\n");
        assertThat(caravan.run("device", "rename", "emu01", "Fridge, galley")).isZero();
        assertThat(caravan.run(
                        "device",
                        "edit",
                        "emu01",
                        "--group",
                        "cold",
                        "--tag",
                        "galley,2026",
                        "--interval",
                        "5m",
                        "--location",
                        "port side"))
                .isZero();
        assertThat(caravan.run("device", "show", "emu01")).isZero();
        assertThat(caravan.out())
                .contains(
                        "name\tFridge, galley\n",
                        "group\tcold\n",
                        "tags\tgalley, 2026\n",
                        "interval\t300000\n",
                        "site\thome\n");
        assertThat(caravan.run("device", "list", "--group", "cold", "--tag", "galley"))
                .isZero();
        assertThat(caravan.out()).contains("\tFridge, galley\tcold\t");
        assertThat(caravan.run("device", "edit", "emu01", "--interval", "often"))
                .isNotZero();
        assertThat(caravan.err()).doesNotContain("Exception");

        assertThat(caravan.run("device", "remove", "emu01", "--with-data")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("for ever", "add --yes");
        assertThat(caravan.run("device", "remove", "emu01", "--with-data", "--yes"))
                .isZero();
        assertThat(caravan.out()).isEqualTo("emu01 is removed, with all that it said.\n");
        assertThat(caravan.run("audit", "list", "--subject", "device/emu01")).isZero();
        assertThat(caravan.out().lines().toList().get(1)).contains("admin\tremove-device\tdevice/emu01\tdata=delete");
    }

    @Test
    void aFileGoesOutAndComesBack() throws Exception {
        caravan.run("device", "adopt", "emu01");
        Path file = folder.resolve("devices.csv");
        assertThat(caravan.run("device", "export", "-o", file.toString()))
                .as(caravan.err())
                .isZero();
        assertThat(caravan.run("device", "export", "-o", file.toString())).isEqualTo(ExitCode.CONFLICT);
        assertThat(caravan.run("device", "import", file.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err())
                .contains("nothing was changed:", "  line 2, column 1: emu01 is registered already", "--update");
        assertThat(caravan.run("device", "import", file.toString(), "--update")).isZero();
        assertThat(caravan.out()).isEqualTo("1 devices: 0 registered, 0 changed, 1 as they were.\n");
        Files.writeString(file, Files.readString(file) + "new-1,caravan,,,,,,,,,,,,,,,\n");
        assertThat(caravan.run("device", "import", file.toString(), "--update", "--dry-run"))
                .isZero();
        assertThat(caravan.out()).contains("1 would be registered");
        assertThat(caravan.run("device", "disable", "emu01")).isZero();
        assertThat(caravan.run("device", "list", "--state", "disabled")).isZero();
        assertThat(caravan.out()).contains("emu01");
        assertThat(caravan.run("device", "enable", "emu01")).isZero();
    }
}
