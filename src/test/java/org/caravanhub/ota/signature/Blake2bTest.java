package org.caravanhub.ota.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Blake2bTest {
    /** Appendix A of RFC 7693. */
    @Test
    void theExampleOfTheRfcComesOut() {
        assertThat(hash("abc".getBytes(StandardCharsets.US_ASCII), 3))
                .isEqualTo("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    }

    /** What {@code b2sum} says, around the borders of blocks. */
    @ParameterizedTest
    @CsvSource({
        "0, 786a02f742015903c6c6fd852552d272",
        "1, 2fa3f686df876995167e7c2e5d74c4c7",
        "3, fed14d4674b95b8f01131200012dea80",
        "27, ed8d4e75dad96538cfa477033b9fd49e",
        "64, 4f22eb776750038601ce338252d5e411",
        "127, 08b38d2c2a521e8a819cdca2d43b52df",
        "128, 0be555525cf1e0b9b74d2a743dd1ee31",
        "129, 31f95aa8eb1487ce670bc3c0c60ef98b",
        "255, 89375d001b6041e7e98dcfeb29ebb93c",
        "256, f8517f3d1accbf944ef17fc76662f7d9",
        "257, f88c67bba97a6d199f8b435997df31be",
        "1000, dffd33ca75a71d06aaae06e87a53b2b4",
        "65536, 5fa7da0149a679dce770109b804ca29d",
        "100003, e1ca5b3a4c952271b3f07c621a762aa3"
    })
    void itIsWhatTheToolsSayHoweverItComes(int length, String begin) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + i / 256);
        }
        for (int part : new int[] {1, 127, 128, 129, 100_003}) {
            assertThat(hash(bytes, part)).as("%d at a time", part).startsWith(begin);
        }
    }

    private static String hash(byte[] bytes, int part) {
        Blake2b hash = new Blake2b();
        for (int at = 0; at < bytes.length; at += part) {
            hash.update(bytes, at, Math.min(part, bytes.length - at));
        }
        return HexFormat.of().formatHex(hash.digest());
    }
}
