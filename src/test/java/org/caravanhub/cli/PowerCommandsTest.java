package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.caravanhub.Await;
import org.caravanhub.Caravan;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.caravanhub.ecoflow.fake.Mood;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power stations from the command line, on a whole hub with EcoFlow's cloud beside it. */
class PowerCommandsTest {
    private static final String SERIAL = "R331ZEB4ZEAL0528";
    private static final String QUOTA =
            "{\"pd.soc\":85,\"pd.wattsInSum\":0,\"pd.wattsOutSum\":43,\"inv.outputWatts\":43,"
                    + "\"bms_bmsStatus.vol\":52990,\"bms_bmsStatus.fullCap\":20000,\"bms_bmsStatus.temp\":27,"
                    + "\"bms_emsStatus.dsgRemainTime\":1765,\"bms_emsStatus.chgRemainTime\":5939,\"pd.remainTime\":-1765}";
    private static final Map<String, String> KEYS = Map.of(
            "CARAVAN_ECOFLOW_ACCESS_KEY", FakeEcoFlowCloud.KEYS.access(),
            "CARAVAN_ECOFLOW_SECRET_KEY", FakeEcoFlowCloud.KEYS.secret());

    @TempDir
    Path folder;

    @Test
    void whoHasMendedAKeyIsNotLeftWaitingForAnHour() throws Exception {
        try (FakeEcoFlowCloud cloud = new FakeEcoFlowCloud().with(SERIAL, "DELTA 2", true, QUOTA)) {
            cloud.listIs(Mood.WRONG_SIGNATURE);
            Map<String, String> environment = new HashMap<>(KEYS);
            environment.put("CARAVAN_ECOFLOW_HOST", cloud.url());
            environment.put("CARAVAN_ECOFLOW_INTERVAL", "1s");
            try (Caravan hub = hub(environment)) {
                HubCommands caravan = new HubCommands(folder, hub.facts().httpPort());
                Await.until("it was asked", Duration.ofSeconds(30), () -> !cloud.asked.isEmpty());
                assertThat(caravan.run("power", "doctor")).isEqualTo(ExitCode.FAILED);
                assertThat(caravan.out())
                        .contains("keys\t\tok\tAccess key Fp4S… (25 characters, CARAVAN_ECOFLOW_ACCESS_KEY)")
                        .contains("host\t\tok\t127.0.0.1 (127.0.0.1), port ")
                        .contains("account\t\tproblem\tEcoFlow says that the signature is wrong (8521).")
                        .doesNotContain(FakeEcoFlowCloud.KEYS.access(), FakeEcoFlowCloud.KEYS.secret());
                caravan.run("status");
                assertThat(caravan.out()).contains("ecoflow: EcoFlow says that the signature is wrong (8521).");

                cloud.listIs(Mood.WELL);
                assertThat(caravan.run("power", "poll")).as(caravan.err()).isZero();

                assertThat(caravan.out().lines().skip(1).findFirst().orElseThrow())
                        .startsWith("ecoflow-" + SERIAL + "\tDELTA 2\tlive\tcloud\t")
                        .contains("\t85\t0\t43\t\t\t43\t\tempty\t1765\t");
                assertThat(caravan.run("power", "doctor", "--offline", "--codes"))
                        .isZero();
                assertThat(caravan.out())
                        .contains("station\tecoflow-" + SERIAL + "\tok\tDELTA 2, 85 % ", "8513\tEcoFlow does not know");
                caravan.run("status");
                assertThat(caravan.out()).contains("Power     85 %, 29 h left at 43 W (EcoFlow cloud, ");
                caravan.terminal = true;
                caravan.environment.putAll(Map.of("NO_COLOR", "1", "LANG", "C.UTF-8"));
                assertThat(caravan.run("power", "status")).isZero();
                assertThat(caravan.out())
                        .contains("DELTA 2  " + SERIAL + "  ● live")
                        .contains("[####################----]  85 %   29 h left at 43 W")
                        .contains("out 43 W (AC 43)", "battery 27 °C", "EcoFlow cloud · ", " · next try ");
            }
        }
    }

    @Test
    void whoWantsToKnowTooOftenIsShownWhatWasSaidJustNow() throws Exception {
        try (FakeEcoFlowCloud cloud = new FakeEcoFlowCloud().with(SERIAL, "DELTA 2", true, QUOTA)) {
            Files.writeString(
                    folder.resolve("caravan.properties"),
                    "caravan.ecoflow.access-key = " + FakeEcoFlowCloud.KEYS.access() + "\ncaravan.ecoflow.secret-key = "
                            + FakeEcoFlowCloud.KEYS.secret() + "\n");
            Files.setPosixFilePermissions(
                    folder.resolve("caravan.properties"), PosixFilePermissions.fromString("rw-r--r--"));
            try (Caravan hub = hub(Map.of("CARAVAN_ECOFLOW_HOST", cloud.url()))) {
                HubCommands caravan = new HubCommands(folder, hub.facts().httpPort());

                assertThat(caravan.run("power", "poll")).as(caravan.err()).isZero();
                assertThat(caravan.out()).contains("\tlive\tcloud\t");
                long asked = cloud.asked.size();
                assertThat(caravan.run("power", "poll")).isZero();
                assertThat(caravan.err()).contains("All was asked less than 60 s ago");
                assertThat(caravan.out()).contains("\tlive\tcloud\t");
                assertThat(cloud.asked).hasSize((int) asked);

                assertThat(caravan.run("power", "doctor")).isZero();
                assertThat(caravan.out()).contains("keys\t\twarning\t", "chmod o-r ");
                assertThat(cloud.asked).hasSize((int) asked);
            }
        }
    }

    @Test
    void whoHasNoKeysIsToldInThreeLinesHowToBegin() throws Exception {
        try (Hub hub = new Hub(folder).answering("/api/v1/power", "power-nothing")) {
            assertThat(hub.run("power", "status")).isZero();

            assertThat(hub.err().lines()).hasSize(3);
            assertThat(hub.err()).contains("developer.ecoflow.com", "caravan.ecoflow.access-key", "docs/how-to/");
            assertThat(hub.out()).isEmpty();
            assertThat(hub.run("power", "status", "--json")).isZero();
            assertThat(hub.out()).contains("\"configured\":false");
        }
    }

    @Test
    void whatIsOldIsMarkedAndItsOwnerIsToldWhatToDo() throws Exception {
        try (Hub hub = new Hub(folder).answering("/api/v1/power", "power-stale")) {
            hub.terminal = true;
            hub.environment.putAll(Map.of("NO_COLOR", "1", "LANG", "C.UTF-8"));
            assertThat(hub.run("power", "status")).isZero();

            assertThat(hub.lines())
                    .containsExactly(
                            "DELTA Pro  DCABZ0000000001  ▲ stale",
                            "  last known  38 %, 3 h ago",
                            "  EcoFlow does not know the access key.",
                            "  today  in 1.2 kWh, out 812 Wh, solar 1.1 kWh (known for 9 h)",
                            "  EcoFlow cloud · 3 h ago · next try in 50 min",
                            "✗ EcoFlow does not know the access key (8513), next try in 50 min",
                            "hub: saving  The station has 24 %.");
            assertThat(hub.err()).contains("→ Compare the access key.");
        }
    }

    private Caravan hub(Map<String, String> ecoflow) {
        Map<String, String> environment = new HashMap<>(ecoflow);
        environment.put("CARAVAN_BROKER", "off");
        environment.put("CARAVAN_HTTP_HOST", "127.0.0.1");
        environment.put("CARAVAN_CLOCK", "trusted");
        Map<Setting, String> options = Map.of(
                Setting.DATA,
                folder.toString(),
                Setting.HTTP_PORT,
                "0",
                Setting.ROUTES,
                Path.of("routes").toAbsolutePath().toString());
        return Caravan.start(SettingsReader.read(Path.of("."), environment, options, null), EmulatedDevices.NONE);
    }
}
