package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.caravanhub.api.TestHub;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Energy over the API and the command line, on a hub that runs. */
class EnergyCommandTest {
    private static final Instant HOUR =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);

    @TempDir
    static Path folder;

    private static TestHub hub;
    private static HubCommands caravan;

    /** Three hours ago 600 W went out for 40 minutes, and then nobody told anything. */
    @BeforeAll
    static void begin() throws Exception {
        hub = new TestHub(folder);
        caravan = new HubCommands(folder, hub.port());
        for (int minute = 0; minute <= 40; minute++) {
            keep("ecoflow-R331", "ecoflow", HOUR.plusSeconds(60L * minute), "{\"out_w\":600,\"in_w\":1800}");
        }
        keep("hut", "caravan", HOUR, "{\"temperature_c\":21.5}");
    }

    private static void keep(String device, String family, Instant at, String metrics) throws Exception {
        byte[] bytes = metrics.getBytes(StandardCharsets.UTF_8);
        hub.keep(new Reading(Source.of(device, family), at, at, Metrics.ofChecked(bytes), 0));
    }

    @AfterAll
    static void end() throws Exception {
        hub.close();
    }

    @Test
    void anHourSaysForHowMuchOfItItIsKnownAndTheNextIsNotZero() {
        assertThat(caravan.run("power", "energy", "ecoflow-R331", "--every", "1h", "--since", "3h"))
                .isZero();
        assertThat(caravan.out().lines().limit(3))
                .containsExactly(
                        "device\tfrom\tin\tout\tsolar\tcovered",
                        "ecoflow-R331\t" + HOUR + "\t1200.0\t400.0\t\t2400",
                        "ecoflow-R331\t" + HOUR.plusSeconds(3600) + "\t\t\t\t0");
        assertThat(caravan.run("power", "energy", "--json", "--every", "1h", "--since", "3h"))
                .as("the only station there is")
                .isZero();
        assertThat(caravan.out()).contains("\"in_wh\":1200.0,\"out_wh\":400.0,\"solar_wh\":null,\"covered_s\":2400");
    }

    @Test
    void aPersonSeesBarsAndUnits() {
        caravan.environment.put("LANG", "C.UTF-8");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Surroundings terminal = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                caravan.environment,
                folder,
                true,
                true,
                100,
                Clock.systemUTC());

        Commands.all(terminal).execute("power", "energy", "ecoflow-R331", "--every", "1h", "--since", "3h");

        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList().get(1))
                .contains("1.20 kWh  400 Wh      -   40 min")
                .endsWith("▇▇▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇");
    }

    @Test
    void whatIsAskedWrongSaysWhatIsRight() throws Exception {
        assertThat(caravan.run("power", "energy", "nobody")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.run("power", "energy", "ecoflow-R331", "--every", "5m"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("--every is 1h or 1d");
        assertThat(caravan.run("power", "energy", "ecoflow-R331", "--every", "1h", "--since", "100d"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("2400 hours");
        assertThat(caravan.run("power", "energy", "hut")).isZero();
        assertThat(caravan.err()).contains("Nothing is known of in_w, out_w and solar_w of hut");
        assertThat(hub.get("/api/v1/power/hut/energy?zone=Mars/Base").body()).contains("Mars/Base", "Europe/Paris");
    }

    @Test
    void aDayIsOfThePlaceThatIsNamed() throws Exception {
        assertThat(hub.get("/api/v1/power/ecoflow-R331/energy?every=1d&from=-1d&zone=Asia/Kolkata")
                        .body())
                .contains("\"zone\":\"Asia/Kolkata\"", "T18:30:00");
    }
}
