package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.caravanhub.api.TestHub;
import org.caravanhub.ota.image.EspImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Firmware from the command line and from a build server, on a hub that runs. */
class FirmwareCommandsTest {
    private static final byte[] IMAGE = EspImages.app(EspImages.ESP32_C3, "van-sensor", "1.4.0");

    @TempDir
    static Path folder;

    private static TestHub hub;
    private static HubCommands caravan;
    private static Path image;

    @BeforeAll
    static void begin() throws Exception {
        hub = new TestHub(folder);
        caravan = new HubCommands(folder, hub.port());
        image = Files.write(folder.resolve("a name; with, \"quotes\".bin"), IMAGE);
    }

    @AfterAll
    static void end() throws Exception {
        hub.close();
    }

    @Test
    void aReleaseIsPublishedLookedAtAndTakenAway() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.md"), "Sleeps better.\r\nWakes earlier.\n");
        assertThat(upload("van-sensor", "--version", "1.4.0+7", "--notes-file", notes.toString()))
                .isZero();
        assertThat(caravan.out()).startsWith("van-sensor 1.4.0+7 is published.\nsha256 ");
        assertThat(upload("van-sensor", "--version", "1.4.0+7")).isZero();
        assertThat(caravan.out()).contains("was there already, with the same bytes");

        assertThat(caravan.run("firmware", "list", "--model", "van-sensor")).isZero();
        assertThat(caravan.out()).contains("van-sensor\t1.4.0+7\tESP32-C3\t" + IMAGE.length);
        assertThat(caravan.run("firmware", "show", "van-sensor", "1.4.0+7")).isZero();
        assertThat(caravan.out()).contains("chip\tESP32-C3", "Sleeps better.\nWakes earlier.");
        assertThat(caravan.run("firmware", "show", "van-sensor", "9")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(caravan.run("firmware", "remove", "van-sensor", "1.4.0+7")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.run("firmware", "remove", "van-sensor", "1.4.0+7", "--yes"))
                .isZero();
        assertThat(caravan.run("firmware", "list", "--model", "van-sensor")).isZero();
        assertThat(caravan.err()).contains("Nothing is published for this model.");
    }

    @Test
    void aFileThatCannotBeItIsToldBeforeItIsSent() throws IOException {
        Path empty = Files.write(folder.resolve("empty.bin"), new byte[0]);
        Path text = Files.writeString(folder.resolve("text.bin"), "no image ".repeat(500));
        assertThat(caravan.run("firmware", "upload", empty.toString(), "--model", "m"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("is empty");
        assertThat(caravan.run("firmware", "upload", folder.toString(), "--model", "m"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("is a folder");
        assertThat(caravan.run("firmware", "upload", empty.toString(), "--modl", "m"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("'--model=MODEL'", "There is no option --modl");
        assertThat(caravan.run("firmware", "upload", "nowhere.bin", "--model", "m"))
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.run("firmware", "upload", text.toString(), "--model", "m", "--version", "1"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(caravan.run("firmware", "check", text.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(caravan.run("firmware", "check", image.toString())).isZero();
        assertThat(caravan.out()).contains("chip\tESP32-C3", "version\t1.4.0");
    }

    @Test
    void whatTheHubSaysIsHeardThoughNotAllWasSent() throws IOException {
        Path large = Files.write(folder.resolve("large.bin"), new byte[(int) TestHub.LARGEST_FIRMWARE + 3_000_000]);
        assertThat(caravan.run("firmware", "upload", large.toString(), "--model", "m", "--version", "1"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(caravan.err()).contains("larger than the hub takes");
    }

    @Test
    void aBuildServerUploadsWithTheKeyThatNobodySees() throws Exception {
        Ran made = script(image, Map.of("FIRMWARE_MODEL", "ci-sensor", "FIRMWARE_NOTES", "two \"quoted\"\nlines"));
        assertThat(made.code).as(made.err).isZero();
        assertThat(made.out)
                .contains("\"version\":\"1.4.0\"", "\"version_from\":\"image\"", "\"uploaded_by\":\"api-key\"");
        assertThat(script(image, Map.of("FIRMWARE_MODEL", "ci-sensor", "FIRMWARE_VERSION", "1.4.0")).code)
                .isZero();

        Path other = Files.write(folder.resolve("other.bin"), EspImages.app(EspImages.ESP32_C3, "van-sensor", "1.5.0"));
        Ran taken = script(other, Map.of("FIRMWARE_MODEL", "ci-sensor", "FIRMWARE_VERSION", "1.4.0"));
        assertThat(taken.code).isEqualTo(1);
        assertThat(taken.err).contains("is published already, with other content");

        Ran wrong = script(image, Map.of("FIRMWARE_MODEL", "ci-sensor", "CARAVAN_API_KEY", "wr\"on\\g"));
        assertThat(wrong.code).isEqualTo(1);
        assertThat(wrong.err).contains("Invalid API key").doesNotContain("wr\"on");
        Ran down = script(image, Map.of("FIRMWARE_MODEL", "m", "CARAVAN_URL", "http://127.0.0.1:1"));
        assertThat(down.code).isEqualTo(1);
        assertThat(down.err).contains("could not be reached");
        assertThat(script(folder, Map.of("FIRMWARE_MODEL", "m")).code).isEqualTo(2);
    }

    private record Ran(int code, String out, String err) {}

    private static Ran script(Path file, Map<String, String> environment) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(List.of("deploy/ci/upload-firmware.sh", file.toString()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> all = new HashMap<>(Map.of(
                "CARAVAN_URL",
                "http://127.0.0.1:" + hub.port() + "/",
                "CARAVAN_API_KEY",
                TestHub.API_KEY,
                "UPLOAD_RETRIES",
                "1",
                "UPLOAD_RETRY_SECONDS",
                "1"));
        all.putAll(environment);
        builder.environment().putAll(all);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static int upload(String model, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of("firmware", "upload", image.toString(), "--model", model));
        all.addAll(List.of(more));
        return caravan.run(all.toArray(String[]::new));
    }
}
