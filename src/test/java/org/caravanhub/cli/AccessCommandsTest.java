package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.api.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Devices are let in, and kept out, from the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessCommandsTest {
    private static final Pattern PASSWORD = Pattern.compile("password\t([a-z2-9]{20})");

    @TempDir
    static Path folder;

    private TestHub hub;
    private HubCommands caravan;

    @BeforeAll
    void begin() throws Exception {
        hub = new TestHub(folder);
        caravan = new HubCommands(folder, hub.port());
    }

    @AfterAll
    void end() throws Exception {
        hub.close();
    }

    @Test
    void aNewDeviceComesWithItsSnippetAndThePasswordInIt() {
        assertThat(run("add", "hut-1", "--model", "esp32", "--tag", "door", "--snippet", "micropython"))
                .isZero();
        Matcher password = PASSWORD.matcher(caravan.out());
        assertThat(password.find()).isTrue();
        assertThat(caravan.out())
                .contains("user\thut-1", "caravan/hut-1/telemetry")
                .contains("user=\"hut-1\", password=\"" + password.group(1) + "\"");
        assertThat(caravan.err()).contains("shown this once");

        assertThat(run("snippet", "hut-1", "--for", "curl")).isZero();
        assertThat(caravan.out()).contains("hut-1:PASSWORD-OF-THE-DEVICE").doesNotContain(password.group(1));
        assertThat(run("add", "Hut-1")).isEqualTo(ExitCode.CONFLICT);
        assertThat(caravan.err()).contains("case of its letters");
        assertThat(run("add", "hut/1")).isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("1 to 64 of A-Z a-z 0-9 . _ -");
    }

    @Test
    void whatKeepsADeviceOutAsksForAYes() {
        run("add", "mast");
        assertThat(run("credentials", "mast", "--rotate", "--overlap", "90s")).isZero();
        assertThat(caravan.out()).contains("user\tmast~2");
        assertThat(run("credentials", "mast")).isZero();
        assertThat(caravan.out().lines()).hasSize(3);
        assertThat(run("credentials", "mast", "--revoke")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("--yes");
        assertThat(run("credentials", "mast", "--revoke", "--yes")).isZero();
        assertThat(caravan.out()).contains("credentials taken away: 2");
        assertThat(run("credentials", "mast")).isZero();
        assertThat(caravan.err()).contains("device credentials mast --replace --yes");
        assertThat(run("credentials", "mast", "--replace", "--yes")).isZero();
        assertThat(caravan.out()).contains("user\tmast\n");
        assertThat(run("credentials", "nobody")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void aClaimCodeIsShownOnceAndCanBeTakenBack() {
        assertThat(run("claim-code", "--group", "van", "--expires", "2h")).isZero();
        String code = caravan.out().strip();
        assertThat(code).matches("[A-Z2-9]{5}-[A-Z2-9]{5}");
        assertThat(run("claim-code", "--list")).isZero();
        assertThat(caravan.out()).contains("\topen\t").doesNotContain(code);
        String id = caravan.out().lines().skip(1).findFirst().orElseThrow().split("\t", -1)[0];
        assertThat(run("claim-code", "--revoke", id)).isZero();
        assertThat(run("claim-code", "--revoke", id)).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run("claim-code", "--expires", "1y")).isEqualTo(ExitCode.INVALID);
    }

    @Test
    void aMistakeIsToldWithWhatWasMeantAndMakesNothing() {
        assertThat(run("add", "shed", "--snippet", "ardiuno")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("no device was made", "one of esphome, arduino");
        assertThat(run("show", "shed")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(run("add", "gate", "--family", "http", "--snippet", "arduino"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("for the family http", "one of curl");
        assertThat(run("add", "my hut")).isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("character 3 is U+0020");
        assertThat(run("claim-code", "--revoke", "7DC4Y-N53XH")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("is no id of a code", "claim-code --list");
        assertThat(run("show", "hütte")).isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("→ 1 to 64 of A-Z a-z 0-9 . _ -");
        assertThat(run("list", "--state", "offlne")).isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("→ did you mean offline?");
        assertThat(run("config", "hut-1", "set", folder.resolve("gone.json").toString()))
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.err()).contains("there is no file");
    }

    private int run(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "device";
        System.arraycopy(words, 0, all, 1, words.length);
        return caravan.run(all);
    }
}
