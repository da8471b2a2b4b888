package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.caravanhub.settings.DataFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path home;

    Hub hub;
    Path data;

    @BeforeEach
    void aHub() throws IOException {
        hub = new Hub(home).answering("/api/v1/health", "health");
        data = home.resolve("data");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        hub.environment.put(
                "CARAVAN_ROUTES",
                Files.createDirectories(home.resolve("routes")).toString());
        hub.environment.put("CARAVAN_MQTT_PORT", Integer.toString(freePort()));
    }

    @AfterEach
    void ends() {
        hub.close();
    }

    @Test
    void aHubThatAnswersIsAskedAndItsChecksAreShownWithWhatOnlyOthersSee() throws IOException {
        try (DataFolder folder = DataFolder.take(data)) {
            folder.announce(Integer.parseInt(hub.environment.get("CARAVAN_HTTP_PORT")));

            assertThat(hub.run("doctor")).as("warnings are no failure").isZero();
        }

        assertThat(hub.lines().get(0)).isEqualTo("check\tgroup\tstate\twhat\twhy\tfix");
        assertThat(hub.out())
                .contains("\ndisk\tdisk\twarning\t410 MB free on /var", "hub\thub\tok\tCaravan 0.1.0 runs and answers.")
                .contains("\nsettings\thub\tok", "\npermissions\thub\tok", "\nkernel\tmachine\t")
                .doesNotContain("\nports\t");
    }

    @Test
    void withNoHubEverythingThatItNeedsIsLookedAt() throws IOException {
        hub.terminal = true;
        hub.environment.put("NO_COLOR", "1");
        hub.environment.put("LANG", "C.UTF-8");
        hub.goesDown();

        assertThat(hub.run("doctor")).isEqualTo(ExitCode.FAILED);

        assertThat(hub.lines().get(0)).isEqualTo("✗ problem  hub: No hub runs with this data folder.");
        assertThat(hub.out())
                .contains("✓  ports: Free for the hub: ", "✓  database: There is no database yet.", "✓  disk: ")
                .contains("caravan up", "1 problem");
        assertThat(hub.run("doctor", "--quiet")).isEqualTo(ExitCode.FAILED);
        assertThat(hub.out()).doesNotContain("✓");
    }

    @Test
    void whoHasThePortIsNamedAndAMistakeInTheSettingsHasItsLine() throws IOException {
        hub.goesDown();
        Path file = Files.createDirectories(home.resolve("config")).resolve("caravan.properties");
        Files.writeString(file, "# mine\ncaravan.htp.port=1\n");
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            hub.environment.put("CARAVAN_MQTT_PORT", Integer.toString(taken.getLocalPort()));

            assertThat(hub.run("doctor")).isEqualTo(ExitCode.FAILED);

            assertThat(hub.out())
                    .contains("ports\thub\tproblem\tPort " + taken.getLocalPort() + " is taken by ")
                    .contains("--mqtt-port N")
                    .contains("settings\thub\tproblem\t" + file
                            + ":2: unknown setting \"caravan.htp.port\" – did you mean \"caravan.http.port\"?");
        }
    }

    @Test
    void aFileOfAnotherProgramInThePlaceOfTheDatabaseIsLeftAlone() throws IOException {
        hub.goesDown();
        byte[] other = "this is no database, but it is long enough to be taken for one\n"
                .repeat(200)
                .getBytes();
        Files.write(data.resolve("caravan.db"), other);

        hub.run("doctor");

        assertThat(hub.out()).contains("database\tdatabase\tproblem\tThe database " + data.resolve("caravan.db"));
        assertThat(Files.readAllBytes(data.resolve("caravan.db"))).isEqualTo(other);
    }

    @Test
    void theLineOfTheTimerComesFirst() {
        hub.goesDown();

        assertThat(hub.run("doctor", "--json")).isEqualTo(ExitCode.FAILED);

        assertThat(hub.out())
                .matches(
                        "(?s)\\{\"line\":\"FAIL hub=down broker=embedded disk_used=\\d+% backup_age=none\",\"at\":\".*")
                .contains("\"group\":\"database\"");
    }

    @Test
    void fixMendsWhatIsSafeAndNamesItFirst() throws IOException {
        hub.goesDown();
        Path part = Files.writeString(data.resolve("reserve.part"), "half");
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(7200)));
        Path film = Files.writeString(data.resolve("film.part"), "the owner's");
        Files.setLastModifiedTime(film, FileTime.from(Instant.now().minusSeconds(7200)));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

        hub.run("doctor", "--fix");
        assertThat(hub.err()).contains("To mend: delete 1 files that a kill left half made", "add --yes to do it");
        assertThat(part).exists();

        hub.run("doctor", "--fix", "--yes");
        assertThat(hub.err()).contains("To mend: close " + data + " to everybody", "Done.");
        assertThat(part).doesNotExist();
        assertThat(film).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwxr-x---");

        hub.run("doctor", "--fix", "--yes");
        assertThat(hub.err()).contains("There is nothing that can be mended with no risk.");
    }

    @Test
    void fixTouchesNothingInAFolderThatWasNamedByMistake() throws IOException {
        Path letters = Files.createDirectories(data.resolveSibling("letters"));
        Path letter = Files.writeString(letters.resolve("to-mother.txt"), "Dear");
        Files.setPosixFilePermissions(letter, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(letters, PosixFilePermissions.fromString("rwxr-xr-x"));

        hub.run("doctor", "--fix", "--yes", "--data", letters.toString());

        assertThat(hub.out()).contains("has nothing of a hub's in it");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(letters)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void healthIsTheHubsOwnTable() {
        assertThat(hub.run("health")).isZero();

        assertThat(hub.lines().get(0)).isEqualTo("check\tgroup\tstate\twhat\twhy\tfix");
        assertThat(hub.lines()).anyMatch(line -> line.startsWith("disk\tdisk\twarning\t410 MB free"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
