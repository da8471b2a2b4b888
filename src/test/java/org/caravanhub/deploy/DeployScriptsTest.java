package org.caravanhub.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts refuse, and what they keep. */
class DeployScriptsTest {
    @TempDir
    Path folder;

    Sandbox machine;

    @BeforeEach
    void aMachine() throws IOException {
        machine = new Sandbox(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"install.sh", "update.sh", "rollback.sh", "provision.sh"})
    void eachExplainsItselfAndRefusesWhatItDoesNotKnow(String script) throws Exception {
        List<String> before = machine.state();

        assertThat(machine.run(script, "--help")).isZero();
        assertThat(machine.said()).contains(script).contains("--yes").doesNotContain("set -eu");
        assertThat(machine.run(script, "--yse")).isNotZero();
        assertThat(machine.said()).contains("there is no option --yse.");

        assertThat(machine.state()).isEqualTo(before);
        assertThat(machine.done()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "install.sh, --broker",
        "update.sh, --keep",
        "update.sh, --patience",
        "rollback.sh, --backup",
        "provision.sh, --hostname",
        "provision.sh, --timezone",
        "provision.sh, --journal-max"
    })
    void anOptionWithoutItsValueIsToldByName(String script, String option) throws Exception {
        assertThat(machine.run(script, option)).isNotZero();

        assertThat(machine.said()).contains(option + " wants a value behind it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "install.sh|--no-start|This installs Caravan into",
                "install.sh|--uninstall|This stops Caravan and removes",
                "install.sh|--uninstall --purge|with all readings and backups in it",
                "provision.sh|--no-packages|This changes packages, logs and kernel settings",
                "update.sh|PACKAGE|This stops the hub for half a minute, replaces release 1.0.0 by 2.0.0",
                "rollback.sh||replaces release 1.0.0 by 0.9.0"
            })
    void whatChangesTheMachineWantsToBeMeantWhereNobodyCanBeAsked(String script, String options, String tells)
            throws Exception {
        release("1.0.0");
        release("0.9.0");
        Files.createSymbolicLink(machine.at("/opt/caravan/current"), machine.at("/opt/caravan/releases/1.0.0"));
        Files.createSymbolicLink(machine.at("/opt/caravan/previous"), machine.at("/opt/caravan/releases/0.9.0"));
        Files.createDirectories(machine.at("/var/lib/caravan"));
        Path two = tarball("2.0.0", "two");
        List<String> before = machine.state();
        String[] words = options == null
                ? new String[0]
                : options.replace("PACKAGE", two.toString()).split(" ");

        assertThat(machine.run(script, words)).isNotZero();

        assertThat(machine.said()).contains(tells).contains("--yes");
        assertThat(machine.state()).isEqualTo(before);
        assertThat(machine.done()).doesNotContain("stop", "start", "disable", "userdel", "apt-get");
    }

    @Test
    void aPackageIsUnpackedWholeOrNotAtAllAndNeverReplaced() throws Exception {
        Path two = tarball("2.0.0", "two");
        String unpack = "check_package %s; unpack %s";

        assertThat(machine.parts(unpack.formatted(two, two))).as(machine.said()).isZero();
        assertThat(machine.at("/opt/caravan/releases/2.0.0/bin/caravan")).hasContent("two");
        assertThat(machine.parts(unpack.formatted(two, two))).isZero();
        assertThat(machine.said()).contains("is there already, with the same content");

        Path other = tarball("2.0.0", "other");
        assertThat(machine.parts(unpack.formatted(other, other))).isNotZero();
        assertThat(machine.said()).contains("A version is never replaced");
        assertThat(machine.at("/opt/caravan/releases/2.0.0/bin/caravan")).hasContent("two");

        byte[] bytes = Files.readAllBytes(two);
        Path half = Files.write(folder.resolve("half.tar.gz"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(machine.parts("check_package " + half)).isNotZero();
        assertThat(machine.said()).contains("is cut or damaged");
        Files.writeString(Path.of(two + ".sha256"), "0".repeat(64) + "  caravan-2.0.0.tar.gz\n");
        assertThat(machine.parts("check_package " + two)).isNotZero();
        assertThat(machine.said()).contains("it was cut or changed");
        try (var files = Files.list(machine.at("/opt/caravan/releases"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("2.0.0");
        }
    }

    @Test
    void oldReleasesGoButNotTheOnesThatTheLinksAreAt() throws Exception {
        for (int i = 1; i <= 6; i++) {
            release(i + ".0.0");
            assertThat(machine.at("/opt/caravan/releases/" + i + ".0.0")
                            .toFile()
                            .setLastModified(i * 1000L))
                    .isTrue();
        }
        Files.createSymbolicLink(machine.at("/opt/caravan/current"), machine.at("/opt/caravan/releases/1.0.0"));
        Files.createSymbolicLink(machine.at("/opt/caravan/previous"), machine.at("/opt/caravan/releases/2.0.0"));

        assertThat(machine.parts("prune 3")).as(machine.said()).isZero();

        try (var files = Files.list(machine.at("/opt/caravan/releases"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly("1.0.0", "2.0.0", "4.0.0", "5.0.0", "6.0.0");
        }
    }

    @Test
    void flowsFollowTheReleaseButForThoseOfTheOwnerThereAndBack() throws Exception {
        for (String each : List.of("same", "changed", "edited", "taken")) {
            machine.write("/opt/caravan/releases/1.0.0/routes/" + each + ".camel.yaml", each + " 1");
            machine.write(
                    "/opt/caravan/releases/2.0.0/routes/" + each + ".camel.yaml",
                    each + (each.equals("same") ? " 1" : " 2"));
        }
        machine.write("/opt/caravan/releases/1.0.0/routes/gone.camel.yaml", "gone 1");
        machine.write("/opt/caravan/releases/2.0.0/routes/new.camel.yaml", "new 2");
        String one = machine.at("/opt/caravan/releases/1.0.0").toString();
        String two = machine.at("/opt/caravan/releases/2.0.0").toString();
        assertThat(machine.parts("bring_flows '' " + one)).as(machine.said()).isZero();
        machine.write("/etc/caravan/routes/edited.camel.yaml", "mine");
        machine.write("/etc/caravan/routes/my/own.camel.yaml", "my own");
        Files.delete(machine.at("/etc/caravan/routes/taken.camel.yaml"));

        // Twice: after a power cut it is done again.
        assertThat(machine.parts("bring_flows " + one + " " + two))
                .as(machine.said())
                .isZero();
        assertThat(machine.parts("bring_flows " + one + " " + two)).isZero();

        assertThat(machine.said()).contains("edited.camel.yaml is yours and stays");
        assertThat(flow("changed")).isEqualTo("changed 2");
        assertThat(flow("edited")).isEqualTo("mine");
        assertThat(flow("new")).isEqualTo("new 2");
        assertThat(flow("my/own")).isEqualTo("my own");
        assertThat(flow("gone")).isEmpty();
        assertThat(flow("taken")).isEmpty();

        assertThat(machine.parts("bring_flows " + two + " " + one)).isZero();

        assertThat(flow("changed")).isEqualTo("changed 1");
        assertThat(flow("gone")).isEqualTo("gone 1");
        assertThat(flow("new")).isEmpty();
        assertThat(flow("edited")).isEqualTo("mine");
    }

    /** A half-written setting would keep the hub from starting. */
    @Test
    void settingsKeepWhatIsThereAndAreWholeOrNot() throws Exception {
        machine.write("/etc/caravan/caravan.properties", "caravan.http.port = 9000\n");
        machine.write("/etc/caravan/caravan.properties.new", "caravan.mqtt.user = caravan\n");

        assertThat(machine.parts(
                        ". $here/parts/settings.sh; broker=mosquitto; write_settings; add_settings; http_port"))
                .as(machine.said())
                .isZero();

        assertThat(machine.at("/etc/caravan/caravan.properties"))
                .hasContent("caravan.http.port = 9000\ncaravan.mqtt.user = caravan");
        assertThat(machine.said()).contains("9000");
        assertThat(machine.state()).noneMatch(file -> file.contains(".part ") || file.contains(".new "));
    }

    private void release(String version) throws IOException {
        machine.write("/opt/caravan/releases/" + version + "/bin/caravan", version);
    }

    private String flow(String name) throws IOException {
        Path file = machine.at("/etc/caravan/routes/" + name + ".camel.yaml");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Path tarball(String version, String content) throws Exception {
        Path made = folder.resolve("made").resolve(content);
        Path program = made.resolve("caravan-" + version).resolve("bin").resolve("caravan");
        Files.createDirectories(program.getParent());
        Files.writeString(program, content);
        Path file = made.resolve("caravan-" + version + ".tar.gz");
        Process tar = new ProcessBuilder("tar", "-C", made.toString(), "-czf", file.toString(), "caravan-" + version)
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        return file;
    }
}
