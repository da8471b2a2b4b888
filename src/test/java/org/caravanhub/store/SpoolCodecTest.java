package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanhub.store.TestStore.NOON;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.Test;

/** What comes out of the spool is what went in, to the byte. */
final class SpoolCodecTest {
    private static final Reading READING = new Reading(
            new Source("van", "paku", "wägen", "sensors", "", "unter dem Bett", "AA:BB"),
            NOON.minusSeconds(7_000_000_000L),
            NOON,
            Metrics.ofChecked("{\"t\": 21.40}".getBytes(StandardCharsets.UTF_8)),
            31);

    private static final Malformed MALFORMED = new Malformed(
            new Message("a/b", new byte[] {0, -1, '{'}, NOON, true, false, 70_000),
            "van",
            Malformed.Cause.TOO_LARGE,
            "too large");

    @Test
    void everyKindOfOutcomeComesBackAsItWas() {
        SpoolCodec.Content content = SpoolCodec.decode(SpoolCodec.encode(delivery(READING, MALFORMED)));

        assertThat(content.flow()).isEqualTo("paku-data");
        assertThat(content.step()).isEqualTo("keep");
        assertThat(content.outcomes().get(0)).isEqualTo(READING);
        assertThat(content.outcomes().get(1)).usingRecursiveComparison().isEqualTo(MALFORMED);
    }

    @Test
    void everyKindOfOutcomeIsKnown() {
        assertThat(Outcome.class.getPermittedSubclasses())
                .as("an outcome that is added must be written by SpoolCodec")
                .containsExactlyInAnyOrder(Reading.class, Malformed.class);
    }

    @Test
    void whatANewerProgramWroteIsRefusedAndNotSkipped() {
        byte[] newer = SpoolCodec.encode(delivery(READING));
        newer[0] = 9;

        assertThatThrownBy(() -> SpoolCodec.decode(newer)).hasMessageContaining("newer Caravan");
    }

    private static Delivery delivery(Outcome... outcomes) {
        return new Delivery("paku-data", "keep", List.of(outcomes), 0, Delivery.Answer.NONE);
    }
}
