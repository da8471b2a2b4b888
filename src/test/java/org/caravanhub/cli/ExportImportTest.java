package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.caravanhub.api.TestHub;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves one hub comes into another, whole and once. Both are real: database, flows, HTTP. */
class ExportImportTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private TestHub hub;
    private TestHub other;
    private HubCommands from;
    private HubCommands to;

    @BeforeEach
    void twoHubs() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        hub = new TestHub(one);
        other = new TestHub(two);
        from = new HubCommands(one, hub.port());
        to = new HubCommands(two, other.port());
        fill();
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
        other.close();
    }

    /** Everything that could get lost on the way. */
    private void fill() {
        Source ruuvi = new Source("ruuvi_1", "paku", "paku", "sensors", "", "Under the \"bed\", left", "'AA:BB");
        for (int i = 0; i < 40; i++) {
            hub.keep(new Reading(
                    ruuvi,
                    NOON.plusSeconds(i),
                    NOON.plusSeconds(i).plusMillis(7),
                    metrics("{\"temperature_c\":21.40,\"humidity_percent\":1e2,\"count\":12345678901234567890123,\"i\":"
                            + i + "}"),
                    0));
        }
        hub.keep(new Reading(
                Source.of("odd", "caravan"),
                Instant.ofEpochMilli(5),
                NOON,
                metrics(
                        "{\"text\":\"12\",\"formula\":\"=1+1\",\"quote\":\"'x\",\"yes\":\"true\",\"no\":false,\"nothing\":null,\"empty\":\"\","
                                + "\"line\":\"a\\r\\nb\",\"slash\":\"a\\/b\\u00e4\",\"list\":[1, 2.50,{\"a\":\"b,c\"}],\"12\":-0.0,\"\\u006eame\":1,"
                                + "\"é, \\\"ü\\\"\":\"\\u0007\"}"),
                Flag.LATE.bit() | Flag.CLOCK_UNSURE.bit()));
        Instant now = Instant.now().plusSeconds(86_400);
        hub.keep(new Reading(Source.of("ahead", "caravan"), now, NOON, metrics("{\"a\":1}"), Flag.FUTURE.bit()));
        hub.keep(new Reading(
                Source.of("clockless", "caravan"), NOON, NOON, metrics("{\"a\":1}"), Flag.NO_DEVICE_TIME.bit()));
    }

    private static Metrics metrics(String json) {
        return Metrics.ofChecked(json.getBytes(StandardCharsets.UTF_8));
    }

    private String everything(HubCommands commands) {
        assertThat(commands.run("data", "export", "--format", "ndjson")).isZero();
        return commands.out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson", "sqlite"})
    void whatIsExportedAndImportedIsTheSameByteForByteAndASecondTimeAllThereAlready(String format) throws IOException {
        String file = folder.resolve("all." + format).toString();
        assertThat(from.run("data", "export", "-o", file)).as(from.err()).isZero();
        assertThat(from.err()).contains("43 readings");

        assertThat(to.run("data", "import", file, "--json")).as(to.err()).isZero();
        assertThat(to.out()).contains("\"read\":43,\"sent\":43,\"stored\":43,\"duplicate\":0,\"quarantined\":0");
        assertThat(everything(to)).isEqualTo(everything(from));

        assertThat(to.run("data", "import", file)).isZero();
        assertThat(to.out()).startsWith("43 read = 0 stored + 43 there already + 0 quarantined");
        assertThat(from.run("data", "import", file)).isZero();
        assertThat(from.out()).startsWith("43 read = 0 stored + 43 there already");

        String again = folder.resolve("again." + format).toString();
        assertThat(to.run("data", "export", "-o", again)).isZero();
        assertThat(Files.readAllBytes(Path.of(again))).isEqualTo(Files.readAllBytes(Path.of(file)));
        assertThat(folder.resolve("all." + format + ".part")).doesNotExist();
    }

    @Test
    void aPackedFileFromASpreadsheetsWorldIsReadAndAnExportOfOneDeviceIsOnlyThat() throws IOException {
        from.run(
                "data", "export", "--format", "csv", "--device", "ruuvi_1", "--device", "odd", "--since", "1970-01-01");
        Path packed = folder.resolve("week.csv.gz");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            gzip.write(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
            gzip.write(from.outBytes.toByteArray());
        }

        assertThat(to.run("data", "import", packed.toString())).as(to.err()).isZero();
        assertThat(to.out()).startsWith("41 read = 41 stored");
    }

    @Test
    void theLedgerCountsAnImportUnderItsOwnFlowAndDryRunsLeaveNoTrace() throws Exception {
        String file = folder.resolve("all.ndjson").toString();
        from.run("data", "export", "-o", file);

        assertThat(to.run("data", "import", file, "--dry-run")).isZero();
        assertThat(other.get("/api/v1/ledger").body()).contains("\"received\":0");
        to.run("data", "import", file);
        assertThat(other.get("/api/v1/ledger").body())
                .contains("{\"flow\":\"import-readings\",\"received\":43,\"stored\":43,");
    }

    @Test
    void aFileThatIsThereIsNotReplacedUnlessToldTo() throws IOException {
        Path file = Files.writeString(folder.resolve("keep.csv"), "mine");

        assertThat(from.run("data", "export", "-o", file.toString())).isEqualTo(ExitCode.CONFLICT);
        assertThat(file).hasContent("mine");
        assertThat(from.run("data", "export", "-o", file.toString(), "--force")).isZero();
        assertThat(Files.readString(file)).startsWith("measured_at,");
    }

    @Test
    void linesThatWereSortedByAnotherColumnAreRefusedInsteadOfTornApart() throws IOException {
        from.run("data", "export", "--format", "csv", "--device", "ruuvi_1");
        List<String> lines = from.out().lines().toList();
        List<String> sorted = lines.stream()
                .skip(1)
                .sorted(java.util.Comparator.comparing(
                        line -> line.substring(line.lastIndexOf(',', line.lastIndexOf(',') - 1))))
                .toList();
        Path file = folder.resolve("sorted.csv");
        Files.writeString(file, lines.get(0) + "\r\n" + String.join("\r\n", sorted) + "\r\n");

        assertThat(to.run("data", "import", file.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(to.err()).contains("do not stand together", "nothing was sent");
    }

    @Test
    void aHubThatIsDownLeavesNoFileBehind() throws Exception {
        other.close();
        other = new TestHub(Files.createDirectory(folder.resolve("three")));

        assertThat(to.run("data", "export", "-o", folder.resolve("x.sqlite").toString()))
                .isEqualTo(ExitCode.UNREACHABLE);
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith("x."));
        }
    }
}
