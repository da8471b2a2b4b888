package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.caravanhub.api.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is damaged or foreign is refused before the first reading, with the place and the reason. */
class DamagedImportTest {
    private static final String HEADER =
            "measured_at,received_at,device,family,site,system,sensor,location,mac,flags,metric,value\r\n";
    private static final String ROW =
            "2026-06-01T12:00:00.000Z,2026-06-01T12:00:01.000Z,hut,caravan,,,,,,,temperature_c,21.5\r\n";
    private static final String LINE =
            "{\"device\":\"hut\",\"family\":\"caravan\",\"measured_at\":\"2026-06-01T12:00:00.000Z\","
                    + "\"received_at\":\"2026-06-01T12:00:01.000Z\",\"flags\":[],\"metrics\":{\"temperature_c\":21.5}}\n";

    @TempDir
    static Path home;

    private static TestHub hub;
    private static HubCommands commands;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(home);
        commands = new HubCommands(home, hub.port());
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @AfterEach
    void nothingWasSent() throws Exception {
        assertThat(hub.get("/api/v1/ledger").body()).contains("\"received\":0,");
    }

    /** Imports a file with this content, which is refused; the first line of what is said, without the file's name. */
    private String refused(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        assertThat(commands.run("data", "import", file.toString()))
                .as(commands.err())
                .isEqualTo(ExitCode.INVALID);
        assertThat(commands.errLines()).as(commands.err()).hasSizeBetween(1, 13);
        return commands.errLines().get(0).replace("caravan: ", "").replace(file.toString(), "FILE");
    }

    private String refused(String name, String content) throws IOException {
        return refused(name, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMistakeInTheLastLineOfMany() throws IOException {
        assertThat(refused("a.ndjson", LINE.repeat(2000) + LINE.replace("21.5", "21,5")))
                .isEqualTo("FILE:2001:159: found \"5\"; expected a name in double quotes");
        assertThat(refused("a.csv", HEADER + ROW + ROW.replace("21.5", "NaN,")))
                .isEqualTo("FILE:3:87: found 13 cells; expected 12");
    }

    @Test
    void aFileThatWasCutOff() throws IOException {
        byte[] packed = packed(LINE.repeat(5000));
        assertThat(refused("cut.ndjson.gz", Arrays.copyOf(packed, packed.length - 20)))
                .matches("FILE:\\d+:\\d+: the packed file is cut off or damaged: Unexpected end of ZLIB input stream");
        assertThat(refused("cut.ndjson", LINE + LINE.substring(0, 60)))
                .isEqualTo("FILE:2:50: a text begins that does not end: a closing \" was expected");
        assertThat(refused("cut.csv", HEADER + ROW + ROW.substring(0, 40)))
                .isEqualTo("FILE:3:41: found 2 cells; expected 12");
    }

    @Test
    void aBitThatFlippedInAPackedFile() throws IOException {
        byte[] packed = packed(LINE.repeat(5000));
        packed[packed.length / 2] ^= 0x10;

        assertThat(refused("flipped.ndjson.gz", packed)).startsWith("FILE:");
    }

    @Test
    void cellsThatAreNotWhatTheirColumnSays() throws IOException {
        assertThat(refused("t.csv", HEADER + ROW + ROW.replace("2026-06-01T12:00:00.000Z", "yesterday")))
                .startsWith("FILE:3:1: measured_at: found the text \"yesterday\"; expected a time");
        assertThat(refused("d.csv", HEADER + ROW.replace(",hut,", ",my hut,")))
                .isEqualTo("FILE:2:51: device: the device is \"my hut\"; allowed are 1 to 64 of A-Z a-z 0-9 . _ -");
        assertThat(refused("f.csv", HEADER + ROW.replace(",,temperature", ",lost,temperature")))
                .isEqualTo("FILE:2:68: flags: there is no flag \"lost\"");
        assertThat(refused("v.csv", HEADER + ROW + ROW.replace("temperature_c,21.5", "other,21.5.6")))
                .startsWith("FILE:3:75: value: ");
        assertThat(refused("twice.csv", HEADER + ROW + ROW)).contains("\"temperature_c\" is given twice");
    }

    @Test
    void quotesThatDoNotMatch() throws IOException {
        assertThat(refused("open.csv", HEADER + ROW + ROW.replace("21.5", "\"21.5") + ROW.repeat(3)))
                .isEqualTo("FILE:3:83: a quote that is opened here is not closed");
        assertThat(refused("behind.csv", HEADER + ROW.replace("21.5", "\"21\".5")))
                .isEqualTo("FILE:2:87: found text behind a closing quote; expected a comma");
    }

    @Test
    void bytesThatAreNoUtf8() throws IOException {
        byte[] latin = (HEADER + ROW.replace(",,,temp", ",Küche,,temp")).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refused("latin.csv", latin)).matches("FILE:2:\\d+: the byte 0xfc is not UTF-8");
    }

    @Test
    void somebodyElsesTable() throws IOException {
        assertThat(refused("foreign.csv", "time,temp\n1,2\n"))
                .startsWith("FILE:1:1: found the header \"time,temp\"; expected measured_at,received_at,");
        assertThat(refused("foreign.ndjson", "{\"sensor\":\"kitchen\",\"temp\":21}\n"))
                .startsWith("FILE:1:21: there is no member \"temp\"; a reading has device,");
        assertThat(refused("empty.csv", "")).contains("expected measured_at");
    }

    @Test
    void tenMistakesAreShownAndTheOthersCounted() throws IOException {
        refused("many.csv", HEADER + "x\r\n".repeat(5000));

        assertThat(commands.errLines()).hasSize(13).element(10).isEqualTo("and 4990 more");
        assertThat(commands.err()).contains("5,000 mistakes; nothing was sent");
    }

    @Test
    void aDatabaseOfSomebodyElse() throws Exception {
        Path foreign = folder.resolve("foreign.sqlite");
        sql(foreign, "create table reading (x text)");
        assertThat(refused("copy.sqlite", Files.readAllBytes(foreign)))
                .isEqualTo("FILE is a SQLite file of another program");
        sql(foreign, "pragma application_id = " + 0x43727678);
        assertThat(refused("named.sqlite", Files.readAllBytes(foreign)))
                .startsWith("FILE has no table reading with the columns");
        sql(foreign, "pragma application_id = " + 0x4372766e);
        assertThat(refused("hub.sqlite", Files.readAllBytes(foreign))).startsWith("FILE is a hub's own database");
    }

    @Test
    void aDatabaseWithADamagedPage() throws Exception {
        Path file = folder.resolve("big.ndjson");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            lines.append(LINE.replace("12:00:00.000", String.format("12:%02d:%02d.000", i / 60, i % 60)));
        }
        Files.writeString(file, lines);
        Path home2 = Files.createDirectory(folder.resolve("source"));
        try (TestHub source = new TestHub(home2)) {
            HubCommands there = new HubCommands(home2, source.port());
            assertThat(there.run("data", "import", file.toString()))
                    .as(there.err())
                    .isZero();
            assertThat(there.run(
                            "data", "export", "-o", folder.resolve("big.sqlite").toString()))
                    .isZero();
        }
        byte[] whole = Files.readAllBytes(folder.resolve("big.sqlite"));

        assertThat(refused("half.sqlite", Arrays.copyOf(whole, whole.length / 2)))
                .startsWith("FILE is damaged: ");
        Arrays.fill(whole, 8192, 8192 + 4096, (byte) 0x5a);
        assertThat(refused("page.sqlite", whole)).startsWith("FILE is damaged: ");
    }

    @Test
    void randomBytesAreRefusedSoonAndByEveryReader() throws IOException {
        Random random = new Random(7);
        long start = System.nanoTime();
        for (int i = 0; i < 60; i++) {
            byte[] bytes = new byte[random.nextInt(200_000) + 1];
            random.nextBytes(bytes);
            String name = new String[] {"r.csv", "r.ndjson", "r.gz"}[i % 3];
            assertThat(refused(name, bytes)).startsWith("FILE");
            Path file = folder.resolve(name);
            assertThat(commands.run("import", "influx", file.toString())).isEqualTo(ExitCode.INVALID);
        }
        byte[] large = new byte[40_000_000];
        random.nextBytes(large);
        large[0] = '{';
        assertThat(refused("large.ndjson", large)).startsWith("FILE");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aFileThatIsNotThere() throws IOException {
        assertThat(commands.run("data", "import", folder + "/nowhere.csv")).isEqualTo(ExitCode.NOT_FOUND);
    }

    private static void sql(Path file, String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
