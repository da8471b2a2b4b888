package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.caravanhub.settings.DataFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    Path home;

    Hub hub;

    @BeforeEach
    void aHub() throws IOException {
        hub = new Hub(home)
                .answering("/api/v1/devices", "devices")
                .answering("/api/v1/devices/demo-van-climate", "device")
                .answering("/api/v1/devices/demo-van-climate/events", "device-events")
                .answering("/api/v1/devices/demo-van-climate/presence", "device-presence")
                .answering("/api/v1/series", "series")
                .answering("/api/v1/quarantine", "quarantine")
                .answering("/api/v1/quarantine/7", "quarantined")
                .answering("/api/v1/ledger", "ledger")
                .answering("/api/v1/health", "health");
    }

    @AfterEach
    void ends() {
        hub.close();
    }

    @Test
    void devicesArePipedWithTabsAndExactTimes() {
        assertThat(hub.run("device", "list")).isZero();

        assertThat(hub.lines())
                .containsExactly(
                        "id\tstate\tlast_seen\tname\tgroup\tstored\tduplicate\tquarantined\tfamily\tfirmware\tregistered",
                        "demo-van-climate\tonline\t2026-06-01T11:59:59.000Z\t\t\t14039\t1\t360\tcaravan\t\tno",
                        "demo-water-tank\tstale\t2026-06-01T11:55:00.000Z\t\t\t2880\t0\t0\tcaravan\t\tno");
    }

    @Test
    void aDeviceIsShownWithHowItSaysThatItIs() {
        assertThat(hub.run("device", "show", "demo-van-climate")).isZero();

        assertThat(hub.lines())
                .contains(
                        "status/state\tonline",
                        "status/activity\tSLEEP",
                        "status/uptime_s\t3600",
                        "status/as_of\t2026-06-01T11:59:00.000Z",
                        "temperature_c\t21.40")
                .noneMatch(line -> line.startsWith("status/rssi_dbm"));
    }

    @Test
    void whetherADeviceIsThereIsToldWithItsHistory() {
        assertThat(hub.run("device", "presence", "demo-van-climate")).isZero();

        assertThat(hub.lines())
                .containsExactly(
                        "when\tstate\treason",
                        "now\tonline\theard 12 s ago",
                        "2026-06-01T11:50:00.000Z\tonline\theard",
                        "2026-06-01T11:40:00.000Z\toffline\tlast will at 11:40");
        assertThat(hub.err())
                .contains(
                        "every 60 s (learned); online 99.2 % of the last day, ? of the last week; flaps: lost 7 times");
    }

    @Test
    void eventsAreListedWithExactTimes() {
        assertThat(hub.run("device", "events", "demo-van-climate")).isZero();

        assertThat(hub.lines())
                .containsExactly(
                        "when\tseverity\tevent\tmessage",
                        "2026-06-01T11:59:00.000Z\twarning\tlow_battery\t11.4 V",
                        "2026-06-01T10:00:00.000Z\tinfo\tboot\t");
    }

    @Test
    void onATerminalDevicesAreATableThatFitsTheWidth() {
        hub.terminal = true;
        hub.columns = 60;
        hub.environment.put("NO_COLOR", "1");

        hub.run("device", "list");

        assertThat(hub.lines().get(1)).startsWith("demo-van-climate  online  1 s ago");
        assertThat(hub.lines().get(2)).contains("5 min ago");
        assertThat(hub.lines()).allMatch(line -> line.length() <= 60);
    }

    @Test
    void jsonIsTheBodyOfTheApiByteForByte() throws IOException {
        hub.run("devices", "list", "--json");

        assertThat(hub.out())
                .isEqualTo(Files.readString(Path.of("src/test/resources/captured/cli/devices.json")) + "\n");
    }

    @Test
    void anEmptyListSaysNothingToProgramsAndWhatToDoToPeople() throws IOException {
        hub.answering("/api/v1/devices", "no-devices");

        assertThat(hub.run("device", "list")).isZero();

        assertThat(hub.out()).isEmpty();
        assertThat(hub.err()).contains("caravan demo");
    }

    @Test
    void aDeviceIsShownWithItsLastValuesAsItWroteThem() {
        hub.run("device", "show", "demo-van-climate");

        assertThat(hub.lines()).contains("state\tonline", "temperature_c\t21.40", "battery_mv\t2975");
    }

    @Test
    void aDeviceThatIsNotThereIsExitCode3() {
        assertThat(hub.run("device", "show", "nobody")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(hub.err()).isEqualTo("caravan: No device \"nobody\" was ever heard.\n  → caravan device list\n");
    }

    @Test
    void aSeriesIsPipedWithoutItsGaps() throws InterruptedException {
        hub.run("data", "query", "demo-van-climate", "temperature_c", "--since", "1h", "--every", "10m", "--csv");

        assertThat(hub.out().split("\r\n"))
                .hasSize(6)
                .startsWith("time,min,avg,max", "2026-06-01T11:00:00Z,18.0,18.5,19.0");
        assertThat(hub.asked.take())
                .isEqualTo("/api/v1/series?device=demo-van-climate&metric=temperature_c&from=-1h&points=6&agg=minmax");
    }

    @Test
    void onATerminalASeriesIsAChart() {
        hub.terminal = true;
        hub.environment.put("TERM", "dumb");
        hub.environment.put("LANG", "C.UTF-8");

        hub.run("data", "query", "demo-van-climate", "temperature_c", "--since", "1h");

        assertThat(hub.lines()).hasSize(10);
        assertThat(hub.lines().get(0))
                .isEqualTo("temperature_c in °C, demo-van-climate, 10 min a column, times in UTC");
        assertThat(hub.lines().get(1)).isEqualTo("21.75      █");
        assertThat(hub.lines().get(8)).isEqualTo(" 18.5 ▁█ ███");
    }

    @Test
    void aMessageInQuarantineCannotClearTheTerminalOfItsReader() {
        hub.terminal = true;

        hub.run("message", "quarantine", "show", "7");

        assertThat(hub.out()).contains("not JSON at byte 25", "\\u001b[2J").doesNotContain("\u001b[2J");
    }

    @Test
    void quarantineTellsWhy() {
        hub.run("message", "quarantine", "list", "--cause", "not_json");

        assertThat(hub.asked.peek()).contains("cause=not_json");
        assertThat(hub.lines().get(1)).contains("7\t2026-06-01T11:58:00.000Z\tdemo-van-climate\tnot_json");
    }

    @Test
    void statusIsOneScreenWithWhatToDo() {
        hub.run("status");

        assertThat(hub.lines().get(0)).contains("caravan 0.1.0", "up 12 d", "healthy, with warnings");
        assertThat(hub.lines())
                .contains(
                        "Devices   1 online, 1 stale",
                        "Messages  17280 received = 16919 stored + 1 duplicate + 360 quarantined",
                        "▲ warning  disk: 410 MB free on /var",
                        "  → caravan data prune --dry-run");
    }

    @Test
    void whenTheHubIsDownStatusTellsWhatTheFilesShow() throws IOException {
        Files.write(home.resolve("data/caravan.db"), new byte[3 << 20]);
        hub.goesDown();

        assertThat(hub.run("status")).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(hub.out()).contains("Database  3 MB, last written");
        assertThat(hub.err()).contains("does not answer", "→ start it: caravan up");
    }

    @Test
    void aWrongTokenIsExitCode5AndIsNotShown() throws IOException {
        Path wrong = Files.writeString(home.resolve("wrong.token"), "not-the-token\n");

        assertThat(hub.run("status", "--token-file", wrong.toString())).isEqualTo(ExitCode.NOT_AUTHORISED);

        assertThat(hub.err()).contains(wrong.toString(), "--token-file").doesNotContain("not-the-token");
    }

    @Test
    void theTokenOfThisMachinesHubIsNotSentElsewhere() {
        String elsewhere = "http://127.0.0.1:" + hub.environment.get("CARAVAN_HTTP_PORT");

        assertThat(hub.run("status", "--url", elsewhere)).isEqualTo(ExitCode.NOT_AUTHORISED);
        assertThat(hub.err()).contains("no token was sent");
    }

    @Test
    void aWrongSettingIsExitCode6WithItsLine() throws IOException {
        Path file = Files.createDirectories(home.resolve("config")).resolve("caravan.properties");
        Files.writeString(file, "caravan.htp.port=1\n");

        assertThat(hub.run("up")).isEqualTo(ExitCode.INVALID);

        assertThat(hub.err())
                .isEqualTo(file + ":1: unknown setting \"caravan.htp.port\" – did you mean \"caravan.http.port\"?\n");
    }

    @Test
    void aMistypedOptionIsExitCode2WithTheNearestOne() {
        assertThat(hub.run("up", "--htp-port", "8081")).isEqualTo(ExitCode.USAGE);
        assertThat(hub.err()).contains("--htp-port", "--http-port", "caravan up --help");

        assertThat(hub.run("devise", "list")).isEqualTo(ExitCode.USAGE);
        assertThat(hub.err()).contains("device");
    }

    @Test
    void aGroupWithoutItsVerbIsExitCode2() {
        assertThat(hub.run("device")).isEqualTo(ExitCode.USAGE);
        assertThat(hub.run()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theDemoDoesNotRunAgainstAnotherBroker() {
        hub.environment.put("CARAVAN_MQTT_URL", "tcp://192.168.1.5:1883");

        assertThat(hub.run("demo")).isEqualTo(ExitCode.INVALID);
        assertThat(hub.err()).contains("CARAVAN_MQTT_URL", "caravan up");
    }

    @Test
    void completionIsAScriptThatKnowsTheOptions() {
        assertThat(hub.run("completion", "bash")).isZero();
        assertThat(hub.out()).contains("--http-port", "quarantine");
    }

    @Test
    void aDataFolderThatIsAFileIsSaidInItsOwnWords() throws IOException {
        Path file = Files.writeString(home.resolve("notes.txt"), "");

        assertThat(hub.run("up", "--data", home + "/data/../notes.txt")).isEqualTo(ExitCode.FAILED);

        // Java 17 notices it while it reads the settings, Java 25 a line later.
        assertThat(hub.err())
                .endsWith("caravan: The data folder " + file + " cannot be used: it is a file, not a folder."
                        + " Give it to the user that runs Caravan, or choose another with --data DIR.\n");
    }

    @Test
    void aFilterThatFindsNothingDoesNotClaimThatNothingIsQuarantined() throws IOException {
        hub.answering("/api/v1/quarantine", "no-devices");

        hub.run("message", "quarantine", "list", "--device", "nix", "--data", home + "/data");

        assertThat(hub.err())
                .isEqualTo("Nothing of device \"nix\" is quarantined."
                        + " Everything that is: caravan message quarantine list --data " + home + "/data\n");
    }

    @Test
    void aLimitOfNoneIsExitCode2() {
        assertThat(hub.run("device", "list", "--limit", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(hub.err()).contains("\"0\" is not a number from 1 on");
    }

    @Test
    void aMisspeltMetricIsExitCode3WithTheNearestOne() throws IOException {
        hub.answering("/api/v1/series", "no-series");

        assertThat(hub.run("data", "query", "demo-van-climate", "temperature")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(hub.err()).contains("did you mean \"temperature_c\"?", "battery_mv, temperature_c");

        assertThat(hub.run("data", "query", "nix", "temperature_c")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(hub.err()).isEqualTo("caravan: There is no device \"nix\".\n  → caravan device list\n");
    }

    @Test
    void aTokenFileThatIsMissingOrEmptyIsNamed() throws IOException {
        Path token = home.resolve("data/admin.token");
        Files.writeString(token, "");
        assertThat(hub.run("status")).isEqualTo(ExitCode.NOT_AUTHORISED);
        assertThat(hub.err()).contains("the token file " + token + " is empty");

        Files.delete(token);
        assertThat(hub.run("status")).isEqualTo(ExitCode.NOT_AUTHORISED);
        assertThat(hub.err()).contains("there is no token file " + token);
    }

    @Test
    void aHubThatRunsButDoesNotAnswerIsLookedForOnAnotherPort() throws IOException {
        hub.goesDown();

        try (DataFolder taken = DataFolder.take(home.resolve("data"))) {
            assertThat(taken).isNotNull();
            hub.run("device", "list");
        }

        long pid = ProcessHandle.current().pid();
        assertThat(hub.err()).contains("a hub (pid " + pid + ") runs with this folder", "--http-port");
    }

    @Test
    void aHubOnAnotherPortIsFoundByItsDataFolder() throws IOException {
        int port = Integer.parseInt(hub.environment.put("CARAVAN_HTTP_PORT", "1"));

        try (DataFolder taken = DataFolder.take(home.resolve("data"))) {
            taken.announce(port);
            assertThat(hub.run("device", "list")).isZero();
            assertThat(hub.run("device", "list", "--http-port", "2"))
                    .as("who names a port means it")
                    .isEqualTo(ExitCode.UNREACHABLE);
        }
    }

    @Test
    void helpFollowsTheWordsOfACommand() {
        assertThat(hub.run("help", "data", "query")).isZero();
        assertThat(hub.out()).contains("--since");

        assertThat(hub.run("help", "data", "qery")).isEqualTo(ExitCode.USAGE);
        assertThat(hub.err()).contains("there is no command \"caravan data qery\"");
    }

    @Test
    void theVersionIsAnOptionToo() {
        assertThat(hub.run("--version")).isZero();
        assertThat(hub.out()).startsWith("caravan ");
    }

    @Test
    void completionNamesItsShellsWhenNoneIsGiven() {
        assertThat(hub.run("completion")).isEqualTo(ExitCode.USAGE);
        assertThat(hub.err()).contains("bash|zsh");
    }
}
