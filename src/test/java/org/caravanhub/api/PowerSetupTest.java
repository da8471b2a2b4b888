package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.caravanhub.health.Health;
import org.caravanhub.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be told of keys before anybody is asked whether they are right. */
class PowerSetupTest {
    private static final String ACCESS = "CARAVAN_ECOFLOW_ACCESS_KEY";
    private static final String SECRET = "CARAVAN_ECOFLOW_SECRET_KEY";
    private static final String KEY = "Fp4SvIprYSDPXtYJidEtUAd1o";

    @TempDir
    Path folder;

    @Test
    void mistakesThatAreSeenAreNamedAndTheKeysAreNot() {
        assertThat(keys(Map.of()).state()).isEqualTo(Health.State.UNKNOWN);
        assertThat(keys(Map.of(ACCESS, KEY)).fix()).contains("Write caravan.ecoflow.secret-key too");
        assertThat(keys(Map.of(SECRET, KEY)).fix()).contains("Write caravan.ecoflow.access-key too");
        assertThat(keys(Map.of(ACCESS, KEY, SECRET, KEY)).what()).contains("are the same");
        assertThat(keys(Map.of(ACCESS, KEY, SECRET, "short")).what())
                .isEqualTo("The secret key has 5 characters only.");
        assertThat(keys(Map.of(ACCESS, "\"" + KEY + "\"", SECRET, "WIbFEKre0s6sLnh4ei7SPUeYnptHG6V")))
                .matches(health -> health.state() == Health.State.PROBLEM)
                .matches(health -> health.what().contains("quotes"))
                .matches(health -> !health.toString().contains(KEY));
        assertThat(keys(Map.of(ACCESS, KEY, SECRET, "WIbFEKre0s6sLnh4ei7SPUeYnptHG6V")))
                .matches(health -> health.state() == Health.State.OK)
                .matches(health -> health.what().startsWith("Access key Fp4S… (25 characters, " + ACCESS + ")"))
                .matches(health -> !health.toString().contains("WIbF"));
    }

    @Test
    void aFileThatEverybodyMayReadIsToldWithTheCommandThatClosesIt() throws Exception {
        Path file = folder.resolve("caravan.properties");
        Files.writeString(file, "caravan.ecoflow.access-key=" + KEY + "\ncaravan.ecoflow.secret-key=" + KEY + "x\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> environment = Map.of("CARAVAN_CONFIG", file.toString());

        assertThat(keys(environment).fix()).isEqualTo("chmod o-r " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(keys(environment).state()).isEqualTo(Health.State.OK);
    }

    private Health keys(Map<String, String> environment) {
        return new PowerSetup(SettingsReader.read(folder, environment, Map.of(), null)).keys();
    }
}
