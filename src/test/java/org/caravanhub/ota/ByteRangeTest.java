package org.caravanhub.ota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges as clients of firmware write them, of a file of 1000 bytes. */
final class ByteRangeTest {
    private static final long TOTAL = 1000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0, 999", // a fresh start of the newest ESP-IDF, which wants 206
        "bytes=0-0, 0, 0",
        "bytes=0-99, 0, 99",
        "bytes=100-, 100, 999",
        "bytes=0-1000, 0, 999", // ESP-IDF asks for one byte too many
        "bytes=990-5000, 990, 999",
        "bytes=999-, 999, 999",
        "bytes=-1, 999, 999",
        "bytes=-1000, 0, 999",
        "bytes=-5000, 0, 999",
        "BYTES=5-6, 5, 6",
        "bytes= 5-6 , 5, 6",
        "bytes=0000000000000000000000000000000000005-6, 5, 6",
        "bytes=5-99999999999999999999999999999999999999, 5, 999",
        "bytes=-99999999999999999999999999999999999999, 0, 999",
    })
    void oneRangeIsAPart(String header, long first, long last) {
        assertThat(ByteRange.of(List.of(header), TOTAL)).isEqualTo(new ByteRange.Part(first, last));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=1000-",
        "bytes=1000-1000",
        "bytes=5000-6000",
        "bytes=-0",
        "bytes=99999999999999999999999999999999999999-"
    })
    void whatIsAfterTheEndIsNowhere(String header) {
        assertThat(ByteRange.of(List.of(header), TOTAL)).isEqualTo(new ByteRange.Beyond());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=0x1-5",
                "bytes=1-2-3",
                "bytes=--5",
                "bytes=+1-5",
                "bytes=1.5-7",
                "bytes=100-10", // RFC 9110: invalid, and may be ignored
                "bytes=0-9,10-19",
                "bytes=1-10,junk",
                "items=0-5",
                "0-5",
                "bytes 0-5/1000",
                "bytes=\u0660-\u0669",
            })
    void whatIsNotOneRangeGetsTheWhole(String header) {
        assertThat(ByteRange.of(List.of(header), TOTAL)).isEqualTo(new ByteRange.Whole());
    }

    @Test
    void aThousandRangesAreNoWork() {
        String many = "bytes=" + String.join(",", Collections.nCopies(1000, "0-999"));
        assertThat(ByteRange.of(List.of(many), TOTAL)).isEqualTo(new ByteRange.Whole());
        assertThat(ByteRange.of(List.of("bytes=" + "9".repeat(100_000) + "-"), TOTAL))
                .isEqualTo(new ByteRange.Whole());
        assertThat(ByteRange.of(List.of("bytes=0-1", "bytes=2-3"), TOTAL)).isEqualTo(new ByteRange.Whole());
        assertThat(ByteRange.of(List.of(), TOTAL)).isEqualTo(new ByteRange.Whole());
    }
}
