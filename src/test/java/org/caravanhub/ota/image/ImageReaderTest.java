package org.caravanhub.ota.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.ota.image.EspImages.joined;
import static org.caravanhub.ota.image.EspImages.noise;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ImageReaderTest {
    private static final byte[] APP = EspImages.app(EspImages.ESP32_S3, "paku-edge", "1.4.0");

    @TempDir
    Path folder;

    @Test
    void anAppTellsWhatItIs() throws IOException {
        Image image = image(APP);
        assertThat(image.kind().word()).isEqualTo("esp32");
        assertThat(image.chip()).isEqualTo("ESP32-S3");
        assertThat(image.project()).isEqualTo("paku-edge");
        assertThat(image.version()).isEqualTo("1.4.0");
        assertThat(image.idfVersion()).isEqualTo("v5.3");
        assertThat(image.secureVersion()).isEqualTo(7);
        assertThat(image.size()).isEqualTo(APP.length);
        assertThat(image.elfSha256()).isEqualTo(HexFormat.of().formatHex(noise(32, 3)));
        assertThat(image.appendedSha256())
                .as("what HTTPUpdate says as x-ESP32-sketch-sha256, in capitals")
                .isEqualTo(HexFormat.of().formatHex(APP, APP.length - 32, APP.length));
        assertThat(image.remarks()).isEmpty();
        assertThat(image.isPrebuilt()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, ESP32",
        "2, ESP32-S2",
        "5, ESP32-C3",
        "9, ESP32-S3",
        "12, ESP32-C2",
        "13, ESP32-C6",
        "16, ESP32-H2",
        "18, ESP32-P4",
        "20, ESP32-C61",
        "23, ESP32-C5",
        "25, ESP32-H21",
        "28, ESP32-H4",
        "32, ESP32-S31",
        "4711, ESP32 chip 4711"
    })
    void theChipIsCalledAsEspHomeCallsIt(int number, String word) throws IOException {
        assertThat(image(EspImages.app(number, "p", "1")).chip()).isEqualTo(word);
    }

    @Test
    void theVersionOfTheArduinoCoreIsNotTheSketchs() throws IOException {
        Image image = image(EspImages.app(EspImages.ESP32, "arduino-lib-builder", "esp-idf: v4.4.6 3572900934"));
        assertThat(image.isPrebuilt()).isTrue();
        assertThat(image.remarks())
                .singleElement()
                .asString()
                .contains("version")
                .contains("Arduino");
    }

    @Test
    void whatItTellsOfItselfCannotMoveACursor() throws IOException {
        assertThat(image(EspImages.app(EspImages.ESP32, "a\u001b[2J\n", "1")).project())
                .isEqualTo("a\\u001b[2J\\u000a");
    }

    @Test
    void anImageWithoutDigestIsWhole() throws IOException {
        byte[] image = Arrays.copyOf(APP, APP.length - 32);
        image[23] = 0;
        assertThat(image(image).appendedSha256()).isEmpty();
    }

    @Test
    void aSignatureForSecureBootMayFollow() throws IOException {
        assertThat(image(joined(APP, new byte[4], noise(64, 1))).secureBoot()).isEqualTo("v1");
        Image v2 = image(EspImages.signedV2(APP));
        assertThat(v2.secureBoot()).isEqualTo("v2");
        assertThat(v2.remarks()).isEmpty();
    }

    @Test
    void aSignatureOfAnotherImageWouldBeRefusedByTheChip() throws IOException {
        byte[] other = EspImages.signedV2(EspImages.app(EspImages.ESP32_S3, "paku-edge", "1.4.1"));
        byte[] mixed = EspImages.signedV2(APP);
        System.arraycopy(other, other.length - 4096, mixed, mixed.length - 4096, 4096);
        assertThat(refused(mixed).why()).isEqualTo(NoImage.Why.DAMAGED);
        mixed[mixed.length - 4096 + 50]++;
        assertThat(refused(mixed).text()).contains("signature block is not whole");
    }

    @Test
    void whatElseFollowsIsTold() throws IOException {
        assertThat(image(joined(APP, noise(100, 1))).remarks())
                .singleElement()
                .asString()
                .startsWith("100 bytes follow");
        assertThat(image(joined(APP, new byte[9000])).remarks()).as("padding").isEmpty();
    }

    static Stream<Arguments> notFirmware() {
        byte[] noChip = EspImages.app(0xffff, "p", "1");
        byte[] wrongSum = APP.clone();
        wrongSum[500]++;
        byte[] wrongDigest = APP.clone();
        wrongDigest[APP.length - 1]++;
        byte[] manySegments = APP.clone();
        manySegments[1] = 17;
        byte[] hugeSegment = APP.clone();
        hugeSegment[24 + 8 + 384 + 7] = 1;
        byte[] oddSegment = APP.clone();
        oddSegment[24 + 4]++;
        return Stream.of(
                Arguments.of("nothing", new byte[0], NoImage.Why.TOO_SMALL, "empty"),
                Arguments.of("one byte", new byte[] {(byte) 0xe9}, NoImage.Why.TOO_SMALL, "1 byte,"),
                Arguments.of("half an app", Arrays.copyOf(APP, 3000), NoImage.Why.CUT_OFF, "segment 2 of 3"),
                Arguments.of("less digest", Arrays.copyOf(APP, APP.length - 1), NoImage.Why.CUT_OFF, "digest"),
                Arguments.of("a wrong byte", wrongSum, NoImage.Why.DAMAGED, "checksum"),
                Arguments.of("a wrong digest", wrongDigest, NoImage.Why.DAMAGED, "SHA-256"),
                Arguments.of("17 segments", manySegments, NoImage.Why.DAMAGED, "17 segments"),
                Arguments.of("a huge segment", hugeSegment, NoImage.Why.DAMAGED, "segment 2 of 3"),
                Arguments.of("an odd segment", oddSegment, NoImage.Why.DAMAGED, "segment 1 of 3"),
                Arguments.of("for no chip", noChip, NoImage.Why.DAMAGED, "chip"),
                Arguments.of("bootloader", EspImages.bootloader(9), NoImage.Why.BOOTLOADER, "firmware.ota.bin"),
                Arguments.of(
                        "no description",
                        EspImages.esp32(9, List.of(noise(3000, 1))),
                        NoImage.Why.NO_DESCRIPTION,
                        "description"),
                Arguments.of("factory, S3", EspImages.factory(0, APP), NoImage.Why.FACTORY, "firmware.ota.bin"),
                Arguments.of("factory, ESP32", EspImages.factory(0x1000, APP), NoImage.Why.FACTORY, "cable"),
                Arguments.of("factory, P4", EspImages.factory(0x2000, APP), NoImage.Why.FACTORY, "cable"),
                Arguments.of("partitions", EspImages.partitions(), NoImage.Why.PARTITION_TABLE, "partition table"),
                Arguments.of(
                        "bootloader of an ESP8266",
                        EspImages.esp8266(0x4010f000, List.of(noise(1384, 7))),
                        NoImage.Why.BOOTLOADER,
                        "ESP8266"),
                Arguments.of(
                        "half an ESP8266", Arrays.copyOf(EspImages.esp8266(), 8000), NoImage.Why.CUT_OFF, "ESP8266"),
                Arguments.of("packed ESP32", packed(APP), NoImage.Why.OTHER, "ESP32-S3, which cannot unpack"),
                Arguments.of("packed text", packed(noise(5000, 1)), NoImage.Why.OTHER, "gzip"),
                Arguments.of("cut gzip", Arrays.copyOf(packed(EspImages.esp8266()), 5000), NoImage.Why.CUT_OFF, "gzip"),
                Arguments.of(
                        "no gzip",
                        joined(new byte[] {0x1f, (byte) 0x8b, 9}, noise(2000, 1)),
                        NoImage.Why.DAMAGED,
                        "unpacked"),
                Arguments.of("17 MB of zeros", packed(new byte[17 << 20]), NoImage.Why.OTHER, "larger"),
                Arguments.of(
                        "half an MCUboot", Arrays.copyOf(EspImages.mcuboot(), 3000), NoImage.Why.CUT_OFF, "MCUboot"),
                Arguments.of("ELF", text("\177ELF"), NoImage.Why.OTHER, "ELF"),
                Arguments.of("page", text("<!DOCTYPE html>"), NoImage.Why.OTHER, "web page"),
                Arguments.of("noise", noise(5000, 1), NoImage.Why.OTHER, "no firmware"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notFirmware")
    void whatIsNoFirmwareIsNamed(String name, byte[] bytes, NoImage.Why why, String text) throws IOException {
        NoImage refused = refused(bytes);
        assertThat(refused.why()).isEqualTo(why);
        assertThat(refused.text()).contains(text).endsWith(refused.text().contains("?") ? "?" : ".");
    }

    @Test
    void anEsp8266TellsItsChipAndNoMore() throws IOException {
        byte[] bytes = EspImages.esp8266();
        assertThat(image(bytes)).isEqualTo(Image.plain(Kind.ESP8266, "ESP8266", "", bytes.length, List.of()));
        byte[] single = EspImages.esp8266(0x40100000, List.of(noise(6000, 1)));
        assertThat(image(single).chip()).as("without a bootloader").isEqualTo("ESP8266");
        byte[] length = {0, 1, 0, 0};
        assertThat(image(joined(bytes, noise(256, 3), length)).remarks())
                .as("signed")
                .isEmpty();
    }

    @Test
    void aPackedEsp8266IsLookedInto() throws IOException {
        byte[] bytes = packed(EspImages.esp8266());
        assertThat(image(bytes)).isEqualTo(Image.plain(Kind.GZIP, "ESP8266", "", bytes.length, List.of()));
    }

    @Test
    void anImageForMcuBootIsOfAnotherFamily() throws IOException {
        byte[] bytes = EspImages.mcuboot();
        assertThat(image(bytes)).isEqualTo(Image.plain(Kind.MCUBOOT, "", "1.4.2+77", bytes.length, List.of()));
        bytes[600]++;
        assertThat(refused(bytes).why()).isEqualTo(NoImage.Why.DAMAGED);
    }

    /** Whatever the bytes are, there is an answer. */
    @Test
    void noBytesMakeItThrow() throws IOException {
        List<byte[]> begins = List.of(
                APP,
                EspImages.signedV2(APP),
                EspImages.bootloader(0),
                EspImages.esp8266(),
                packed(EspImages.esp8266()),
                EspImages.mcuboot(),
                EspImages.factory(0, APP));
        Random random = new Random(20_260_101);
        for (int i = 0; i < 1500; i++) {
            byte[] begin = begins.get(i % begins.size());
            byte[] bytes = Arrays.copyOf(begin, random.nextInt(8) == 0 ? random.nextInt(begin.length) : begin.length);
            int changes = 1 + random.nextInt(6);
            for (int j = 0; j < changes && bytes.length > 0; j++) {
                int at = random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 64) : bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
            }
            assertThat(read(bytes)).isNotNull();
        }
    }

    /** With a heap of 64 MB it would not fit. */
    @Test
    void aFileIsReadAndNotHeld() throws IOException {
        Path file = folder.resolve("large");
        Files.write(file, EspImages.app(EspImages.ESP32, "p", "1", 4 << 20));
        try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(80L << 20);
        }
        assertThat(ImageReader.read(file)).isInstanceOf(Image.class);
    }

    private Image image(byte[] bytes) throws IOException {
        return (Image) read(bytes);
    }

    private NoImage refused(byte[] bytes) throws IOException {
        return (NoImage) read(bytes);
    }

    private Finding read(byte[] bytes) throws IOException {
        return ImageReader.read(Files.write(folder.resolve("upload"), bytes));
    }

    private static byte[] text(String begin) {
        return Arrays.copyOf(begin.getBytes(StandardCharsets.ISO_8859_1), 2000);
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }
}
