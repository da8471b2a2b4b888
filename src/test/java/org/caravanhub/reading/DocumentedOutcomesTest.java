package org.caravanhub.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.caravanhub.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/reference/topics says of each captured message holds. */
class DocumentedOutcomesTest {
    static List<Documented.Row> rows() {
        return Documented.rows();
    }

    static Stream<List<String>> times() {
        return Documented.tableRows(Documented.PAGES.resolve("README.md")).stream()
                .dropWhile(cells -> !cells.get(0).equals("written"))
                .skip(1)
                .takeWhile(cells -> !cells.get(0).equals("flag"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aCapturedMessageHasTheDocumentedOutcome(Documented.Row row) {
        List<Outcome> outcomes = row.decode();

        assertThat(Documented.words(outcomes)).as("%s: %s", row, outcomes).isEqualTo(row.outcome());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aReasonFitsOnALineAndSaysWhatToDo(Documented.Row row) {
        for (Outcome outcome : row.decode()) {
            if (outcome instanceof Malformed malformed) {
                assertThat(malformed.reason()).hasSizeBetween(20, 330).matches("[^\\p{Cntrl}\\p{Cf}]*");
                assertThat(malformed.message().receivedAt()).isEqualTo(Documented.RECEIVED);
            }
        }
    }

    @Test
    void everyCapturedMessageIsDocumented() {
        List<Path> documented =
                rows().stream().map(Documented.Row::file).sorted().toList();
        List<Path> captured = Documented.list(Documented.CAPTURED).stream()
                .flatMap(family -> Documented.list(family).stream())
                .sorted()
                .toList();

        assertThat(documented).isEqualTo(captured).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @MethodSource("times")
    void aTimeMeansWhatIsDocumented(List<String> cells) {
        String payload = "{\"time\":" + Documented.unquote(cells.get(0)) + ",\"a\":1}";
        List<Outcome> outcomes = new CaravanTelemetryDecoder()
                .decodeOne(Message.of("caravan/hut-1/telemetry", payload.getBytes(), Documented.RECEIVED));

        if (outcomes.get(0) instanceof Reading reading) {
            String flags = cells.size() > 2 && !cells.get(2).isEmpty() ? "kept, " + cells.get(2) : "kept";
            assertThat(reading.measuredAt()).isEqualTo(Instant.parse(cells.get(1)));
            assertThat(Documented.words(outcomes)).isEqualTo(flags);
        } else {
            assertThat(Documented.words(outcomes)).isEqualTo(cells.get(1));
        }
    }
}
