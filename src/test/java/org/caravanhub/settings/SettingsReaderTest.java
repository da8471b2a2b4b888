package org.caravanhub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    Path home;

    Path file;

    @BeforeEach
    void aProgramFolder() throws IOException {
        file = Files.createDirectories(home.resolve("config")).resolve("caravan.properties");
    }

    @Test
    void withNothingWrittenTheDefaultsHold() {
        Settings settings = read(Map.of(), Map.of());

        assertThat(settings.port(Setting.HTTP_PORT)).isEqualTo(8080);
        assertThat(settings.optional(Setting.MQTT_URL)).isEmpty();
        assertThat(settings.routes()).isEqualTo(home.resolve("routes"));
        assertThat(settings.place(Setting.HTTP_PORT)).isEqualTo("default");
    }

    @Test
    void anOptionWinsOverTheEnvironmentOverTheDataFolderOverTheFileOverTheDefault() throws IOException {
        Path data = Files.createDirectories(home.resolve("data"));
        write(
                "caravan.data = " + data,
                "caravan.mqtt.port=1",
                "caravan.mqtt.user=file",
                "caravan.mqtt.host=file",
                "caravan.http.port=1");
        Files.writeString(
                data.resolve("caravan.properties"),
                "caravan.mqtt.host=folder\ncaravan.mqtt.port=2\ncaravan.http.port=2\n");

        Settings settings =
                read(Map.of("CARAVAN_MQTT_PORT", "3", "CARAVAN_HTTP_PORT", "3"), Map.of(Setting.HTTP_PORT, "4"));

        assertThat(settings.text(Setting.MQTT_USER)).isEqualTo("file");
        assertThat(settings.text(Setting.MQTT_HOST)).isEqualTo("folder");
        assertThat(settings.port(Setting.MQTT_PORT)).isEqualTo(3);
        assertThat(settings.port(Setting.HTTP_PORT)).isEqualTo(4);
        assertThat(settings.place(Setting.MQTT_USER)).isEqualTo(file + ":3");
        assertThat(settings.place(Setting.HTTP_PORT)).isEqualTo("--http-port");
    }

    @Test
    void aWrongKeyIsToldWithItsLineAndTheNearestRightOne() throws IOException {
        write("# the van", "", "caravan.htp.port=8081");

        assertThat(mistakes(Map.of()))
                .containsExactly(
                        file + ":3: unknown setting \"caravan.htp.port\" – did you mean \"caravan.http.port\"?");
    }

    @Test
    void whatIsMeantForTheScriptsBesideItIsNoMistake() throws IOException {
        write();
        Map<String, String> scripts = Map.of("CARAVAN_DYNSEC", "/tmp/accounts.json", "CARAVAN_DYNSEC_OWNER", "pi");

        assertThat(read(scripts, Map.of()).text(Setting.HTTP_PORT)).isEqualTo("8080");
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        write("caravan.http.port=eighty", "caravan.broker=mosquito", "no equals sign", "caravan.http.port=8081");

        assertThat(mistakes(Map.of("CARAVAN_MQTT_PROT", "1884", "CARAVAN_COMMIT_PACE", "5")))
                .containsExactly(
                        file + ":3: is not of the form key = value",
                        file + ":4: \"caravan.http.port\" is there already, at " + file + ":1; keep one of them",
                        file + ":1: caravan.http.port is \"eighty\", and should be a port, 0 to 65535",
                        file
                                + ":2: caravan.broker is \"mosquito\", and should be one of auto, mosquitto, in-process, off",
                        "environment: unknown variable \"CARAVAN_MQTT_PROT\" – did you mean \"CARAVAN_MQTT_PORT\"?",
                        "CARAVAN_COMMIT_PACE: caravan.commit.pace is \"5\", and should be a time: 0ms, 200ms, 5s, 2m, 1h, 7d");
    }

    @Test
    void aPasswordInTheBrokersUrlIsRefusedAndNotRepeated() {
        assertThat(mistakes(Map.of("CARAVAN_MQTT_URL", "tcp://hub:sEcReT@10.0.0.5:1883")))
                .singleElement()
                .asString()
                .contains("\"tcp://…@10.0.0.5:1883\"", "caravan.mqtt.password")
                .doesNotContain("sEcReT");
    }

    @Test
    void aFileInAnotherEncodingIsRefusedAndNotGuessed() throws IOException {
        Files.write(file, "caravan.mqtt.user=J\u00fcrgen".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(mistakes(Map.of())).containsExactly(file + ": is not in UTF-8; save it in that encoding");
    }

    @Test
    void aPasswordIsReadAsItIsWrittenAndNeverShown() throws IOException {
        write("caravan.mqtt.password = p\\a#s=s:w\u00f6rd");

        Settings settings = read(Map.of(), Map.of());

        assertThat(settings.text(Setting.MQTT_PASSWORD)).isEqualTo("p\\a#s=s:w\u00f6rd");
        assertThat(settings.toString()).doesNotContain("rd").contains("caravan.properties:1");
        assertThat(Setting.MQTT_PASSWORD.option()).isEmpty();
    }

    @Test
    void timesAndSizesAreReadInTheirUnits() {
        Settings settings = read(Map.of("CARAVAN_COMMIT_PACE", "2s", "CARAVAN_QUARANTINE_MAX_BYTES", "64MB"), Map.of());

        assertThat(settings.duration(Setting.COMMIT_PACE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.number(Setting.QUARANTINE_MAX_BYTES)).isEqualTo(64L << 20);
    }

    @Test
    void keysOfUsersOwnFlowsReachTheirPlaceholders() throws IOException {
        write("flow.heater.topic=paku/heater/#");

        assertThat(read(Map.of(), Map.of()).placeholders())
                .containsEntry("flow.heater.topic", "paku/heater/#")
                .containsEntry("caravan.http.port", "8080")
                .containsEntry("caravan.commit.pace", "25000");
    }

    @Test
    void aConfigurationFileThatIsNamedMustBeThere() {
        assertThat(mistakes(Map.of("CARAVAN_CONFIG", "/nowhere/caravan.properties")))
                .containsExactly("CARAVAN_CONFIG: there is no file \"/nowhere/caravan.properties\"");
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private Settings read(Map<String, String> environment, Map<Setting, String> options) {
        return SettingsReader.read(home, environment, options, null);
    }

    private List<String> mistakes(Map<String, String> environment) {
        WrongSettings wrong = catchThrowableOfType(WrongSettings.class, () -> read(environment, Map.of()));
        return wrong.mistakes();
    }
}
