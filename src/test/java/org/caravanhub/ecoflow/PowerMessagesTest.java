package org.caravanhub.ecoflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.caravanhub.ecoflow.PowerMessages.PowerMessage;
import org.caravanhub.live.LiveReading;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.Test;

/** A display is told how a station is now, or nothing. */
class PowerMessagesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String SOC = "{\"soc_percent\":76}";

    private final PowerMessages messages = of(Duration.ofMinutes(1));

    private static PowerMessages of(Duration interval) {
        return new PowerMessages(() -> interval, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void sevenNamesAndWhatIsNotKnownIsLeftOut() {
        List<PowerMessage> told = messages.tell(reading(
                NOW,
                0,
                "{\"in_w\":296,\"soc_percent\":38.50,\"out_w\":0,\"solar_w\":296.0,\"bms_v\":49.3,\"dc_out_w\":33,"
                        + "\"ac_enabled\":1,\"ac_in_w\":null,\"bridge\":\"galley\",\"raw\":{\"ac_out_w\":9}}"));

        assertThat(told)
                .containsExactly(new PowerMessage(
                        "paku/ecoflow/DCABZ0000000001/power",
                        "{\"soc\":38.5,\"solar_w\":296,\"dc_out_w\":33,\"watts_in\":296,\"watts_out\":0}",
                        300));
        assertThat(messages.tell(reading(NOW, 0, "{\"bms_v\":49.3}"))).isEmpty();
    }

    @Test
    void itIsWorthThreeIntervalsFromWhenItWasMeasured() {
        PowerMessages seldom = of(Duration.ofMinutes(4));

        assertThat(seldom.tell(reading(NOW.minusSeconds(60), 0, SOC)).get(0).expirySeconds())
                .isEqualTo(11 * 60);
        assertThat(messages.tell(reading(NOW.minusSeconds(299), 0, SOC)).get(0).expirySeconds())
                .isEqualTo(1);
        assertThat(messages.tell(reading(NOW.minusSeconds(300), 0, SOC))).isEmpty();
        assertThat(messages.tell(reading(NOW, Flag.RETAINED.bit(), SOC))).isEmpty();
    }

    @Test
    void whatWasBufferedComesBehindWhatIsNewer() {
        assertThat(messages.tell(reading(NOW, 0, SOC))).hasSize(1);
        assertThat(messages.tell(reading(NOW.minusSeconds(60), 0, SOC))).isEmpty();
        assertThat(messages.tell(reading(NOW, Flag.OUT_OF_RANGE.bit(), SOC)))
                .as("the rest of it is as good as any")
                .hasSize(1);
    }

    @Test
    void aBridgeWhoseClockIsAheadIsHeardAndHidesNobody() {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));

        PowerMessage ahead =
                messages.tell(reading(tomorrow, Flag.FUTURE.bit(), SOC)).get(0);

        assertThat(ahead.expirySeconds()).isEqualTo(300);
        assertThat(messages.tell(reading(NOW, 0, SOC))).hasSize(1);
    }

    private static LiveReading reading(Instant measured, int flags, String metrics) {
        return LiveReading.of(new Reading(
                Source.of("ecoflow-DCABZ0000000001", "ecoflow"),
                measured,
                NOW,
                Metrics.ofChecked(metrics.getBytes(UTF_8)),
                flags));
    }
}
