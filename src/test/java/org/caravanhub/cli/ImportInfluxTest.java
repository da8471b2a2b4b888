package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.caravanhub.api.TestHub;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Families;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What InfluxDB exports, in both of its forms, becomes readings of a real hub. */
class ImportInfluxTest {
    private static final Path CAPTURED = Path.of("src/test/resources/captured/influx");

    @TempDir
    Path home;

    private TestHub hub;
    private HubCommands commands;

    @BeforeEach
    void aHub() throws Exception {
        hub = new TestHub(home);
        commands = new HubCommands(home, hub.port());
    }

    @AfterEach
    void ends() throws Exception {
        hub.close();
    }

    private String exported() {
        assertThat(commands.run("data", "export", "--format", "ndjson")).isZero();
        return commands.out();
    }

    @Test
    void aPointOfTheHomelabIsTheReadingThatItsMessageWouldHaveBeen() {
        assertThat(commands.run(
                        "import", "influx", CAPTURED.resolve("telemetry.lp").toString()))
                .as(commands.err())
                .isZero();

        assertThat(exported())
                .contains(
                        "{\"device\":\"temp-01\",\"family\":\"iot\",\"site\":\"cottage\",\"system\":\"gw-01\",\"sensor\":\"temperature\","
                                + "\"location\":\"greenhouse\",\"mac\":\"\",\"measured_at\":\"2025-01-01T12:34:56.000Z\","
                                + "\"received_at\":\"2025-01-01T12:34:56.000Z\",\"flags\":[],\"metrics\":{\"temperature_c\":24.04}}")
                .contains("\"location\":\"back room, left\"");
    }

    @Test
    void whatTheHubHeardItselfIsThereAlready() {
        Message heard = Message.of(
                "iot/cottage/gw-01/greenhouse/temp-01/temperature",
                "{\"value\":24.04,\"unit\":\"C\",\"timestamp\":\"2025-01-01T12:34:56Z\"}"
                        .getBytes(StandardCharsets.UTF_8),
                Instant.parse("2025-01-01T12:34:57Z"));
        hub.keep(Families.iot().decodeOne(heard).get(0));

        commands.run("import", "influx", CAPTURED.resolve("telemetry.lp").toString());

        assertThat(commands.out()).startsWith("7 read = 6 stored + 1 there already");
    }

    @Test
    void bothFormsOfTheSamePointsAreTheSameReadings() {
        commands.run("import", "influx", CAPTURED.resolve("telemetry.lp").toString());

        assertThat(commands.run(
                        "import", "influx", CAPTURED.resolve("telemetry.csv").toString()))
                .as(commands.err())
                .isZero();
        assertThat(commands.out()).startsWith("7 read = 0 stored + 7 there already");
    }

    @Test
    void everyTypeOfFieldIsWhatItWasAndEveryFieldAVoiceOfItsOwn() throws IOException {
        Path file = Files.writeString(home.resolve("fields.lp"), """
                # a comment
                cpu,host=pi,cpu=cpu0 usage=.5,count=12i,big=18446744073709551615u,on=T,note="say \\"hi\\", \\\\ok
                twice",tiny=1.5e-7 1735734896123456789

                we\\ ather\\,x,device=roof,my\\ tag=a\\=b\\,c temp\\=x=-3 1735734896123456789
                """);

        assertThat(commands.run("import", "influx", file.toString()))
                .as(commands.err())
                .isZero();

        assertThat(commands.out()).startsWith("7 read = 7 stored");
        assertThat(exported())
                .contains("\"metrics\":{\"usage\":0.5}", "\"metrics\":{\"count\":12}", "{\"big\":18446744073709551615}")
                .contains("{\"on\":true}", "{\"note\":\"say \\\"hi\\\", \\\\ok\\ntwice\"}", "{\"tiny\":1.5e-7}")
                .contains(
                        "\"device\":\"pi\",\"family\":\"influx\",\"site\":\"\",\"system\":\"cpu\",\"sensor\":\"usage,cpu=cpu0\"")
                .contains("\"system\":\"we ather,x\",\"sensor\":\"temp=x,my tag=a=b,c\"", "\"metrics\":{\"temp=x\":-3}")
                .contains("2025-01-01T12:34:56.123Z");
    }

    @Test
    void timesCanCountAnythingFromSecondsToNanoseconds() throws IOException {
        String[][] times = {{"s", "1735734896"}, {"ms", "1735734896000"}, {"us", "1735734896000000"}};
        for (String[] time : times) {
            Path file =
                    Files.writeString(home.resolve(time[0] + ".lp"), "t,device=" + time[0] + " a=1 " + time[1] + "\n");
            assertThat(commands.run("import", "influx", "--precision", time[0], file.toString()))
                    .isZero();
        }

        assertThat(exported().lines()).hasSize(3).allMatch(line -> line.contains("2025-01-01T12:34:56.000Z"));
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() throws IOException {
        assertThat(refused("x,device=a v=1 1735734896000000000\nx,device=a v=1z 1735734896000000000\n"))
                .isEqualTo("FILE:2:14: found \"1z\"; expected a number, 12i, true, or a text in double quotes");
        assertThat(refused("x,device=a v=1\n"))
                .isEqualTo("FILE:1:15: there is no time; a point without one cannot be imported");
        assertThat(refused("x,room=a v=1 1735734896000000000\n"))
                .isEqualTo("FILE:1:1: no tag says whose it is; expected device_id, device or host");
        assertThat(refused("x,device=a v=\"open 1735734896000000000\n"))
                .isEqualTo("FILE:1:14: a quote that is opened here is not closed");
        assertThat(refused("x,device=a v=1 1735734896000000000000\n")).startsWith("FILE:1:16: found");
        assertThat(refused("SELECT * FROM x\n")).startsWith("FILE:1:9: found \" \"; expected an equals sign");

        String csv = Files.readString(CAPTURED.resolve("telemetry.csv"));
        assertThat(refused(csv.replace("24.04", "warm")))
                .isEqualTo("FILE:5:68: found \"warm\"; expected a value of type double");
        assertThat(refused(csv.replace("2025-01-01T12:34:56Z", "then")))
                .startsWith("FILE:5:47: found \"then\"; expected a time");
        assertThat(refused(csv.replaceFirst("(?m)^#datatype.*$", "#group,"))).contains("no #datatype for these");
        assertThat(refused(csv.substring(0, csv.length() - 30))).contains("cells; expected");
        assertThat(refused("#datatype,string,string\n#group,true,true\n#default,,\n,error,reference\n,failed,897\n"))
                .isEqualTo("FILE:4:1: this is the answer to a query that failed");
    }

    private String refused(String content) throws IOException {
        Path file = Files.writeString(home.resolve("wrong"), content);
        assertThat(commands.run("import", "influx", file.toString()))
                .as(commands.err())
                .isEqualTo(ExitCode.INVALID);
        assertThat(commands.err()).contains("nothing was sent");
        return commands.errLines().get(0).replace(file.toString(), "FILE");
    }
}
