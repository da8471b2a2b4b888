package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanhub.store.TestStore.NOON;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Configuration;
import org.caravanhub.reading.Document;
import org.caravanhub.reading.Event;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.reading.Status;
import org.caravanhub.reading.Understood;
import org.caravanhub.reading.Vitals;
import org.caravanhub.reading.When;
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

    private static final When WHEN = new When(NOON.minusSeconds(3), NOON, 1);
    private static final Document DETAILS = Document.ofChecked("{\"why\": \"ö\"}".getBytes(StandardCharsets.UTF_8));

    private static final Event EVENT =
            new Event(Source.of("van", "alona"), "boot", Event.Severity.WARNING, "", WHEN, DETAILS);

    private static final Status STATUS = new Status(
            Source.of("van", "alona"),
            Status.State.OFFLINE,
            new Vitals("SLEEP", OptionalLong.of(7), OptionalLong.empty(), "1.2", "esp32"),
            WHEN,
            DETAILS);

    private static final Configuration CONFIGURATION = new Configuration(Source.of("van", "alona"), WHEN, DETAILS);

    @Test
    void everyKindOfOutcomeComesBackAsItWas() {
        SpoolCodec.Content content =
                SpoolCodec.decode(SpoolCodec.encode(delivery(READING, MALFORMED, EVENT, STATUS, CONFIGURATION)));

        assertThat(content.flow()).isEqualTo("paku-data");
        assertThat(content.step()).isEqualTo("keep");
        assertThat(content.history()).isTrue();
        assertThat(content.outcomes().get(0)).isEqualTo(READING);
        assertThat(content.outcomes().get(1)).usingRecursiveComparison().isEqualTo(MALFORMED);
        assertThat(content.outcomes().subList(2, 5)).isEqualTo(List.of(EVENT, STATUS, CONFIGURATION));
    }

    @Test
    void everyKindOfOutcomeIsKnown() {
        assertThat(Understood.class.getPermittedSubclasses())
                .as("an outcome that is added must be written by SpoolCodec")
                .containsExactlyInAnyOrder(Reading.class, Event.class, Status.class, Configuration.class);
    }

    @Test
    void whatANewerProgramWroteIsRefusedAndNotSkipped() {
        byte[] newer = SpoolCodec.encode(delivery(READING));
        newer[0] = 9;

        assertThatThrownBy(() -> SpoolCodec.decode(newer)).hasMessageContaining("newer Caravan");
    }

    private static Delivery delivery(Outcome... outcomes) {
        return new Delivery("paku-data", "keep", List.of(outcomes), 0, true, Delivery.Answer.NONE);
    }
}
