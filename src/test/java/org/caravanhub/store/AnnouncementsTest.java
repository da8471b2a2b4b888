package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.IntStream;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Decoder;
import org.caravanhub.reading.Families;
import org.caravanhub.reading.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events, statuses and configurations: counted as readings are, and the newest is how a device is. */
final class AnnouncementsTest {
    private static final String STATE_OF_BME280 =
            "select state from status where device = 'bme280-1' order by as_of desc, id desc limit 1";

    @TempDir
    Path folder;

    private final Decoder iot = Families.iot();
    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void aRepeatedEventIsCountedAsDuplicateAndTheLedgerAndTheDeviceAddUp() throws Exception {
        Outcome event = said("events", "{\"event_type\":\"low_battery\",\"timestamp\":\"2026-06-01T12:00:00Z\"}", 0);
        Outcome other = said("events", "{\"event_type\":\"sensor_lost\",\"timestamp\":\"2026-06-01T12:00:00Z\"}", 0);

        assertThat(store.keep(event, other, event)).isEqualTo(new Receipt(3, 2, 1, 0));
        assertThat(store.keep(event)).isEqualTo(new Receipt(1, 0, 1, 0));
        assertThat(store.text("select name || ' ' || severity from event order by id"))
                .isEqualTo("low_battery info\nsensor_lost info");
        assertThat(store.text("select received || ' ' || stored || ' ' || duplicate || ' ' || family from device"))
                .isEqualTo("4 2 2 iot");
        assertThat(store.text("select received || ' ' || stored || ' ' || duplicate from ledger"))
                .isEqualTo("4 2 2");
    }

    @Test
    void anOlderStatusDoesNotTakeThePlaceOfANewerOne() throws Exception {
        store.keep(said("status", "{\"state\":\"updating\",\"timestamp\":\"2026-06-01T12:00:00Z\"}", 0));
        store.keep(said("status", "{\"state\":\"online\",\"timestamp\":\"2026-06-01T11:00:00Z\"}", 1));

        assertThat(store.text(STATE_OF_BME280)).isEqualTo("updating");
    }

    @Test
    void aLastWillThatWasWrittenWhenTheConnectionBeganTakesThePlaceOfALaterHeartbeat() throws Exception {
        store.keep(said("status", "{\"state\":\"online\",\"timestamp\":\"2026-06-01T12:00:00Z\"}", 0));
        store.keep(said("status", "{\"state\":\"offline\",\"timestamp\":\"2026-06-01T08:00:00Z\"}", 60));

        assertThat(store.text(STATE_OF_BME280)).isEqualTo("offline");
    }

    @Test
    void aClockThatIsYearsAheadDoesNotHideTheStatusesThatFollow() throws Exception {
        store.keep(said("status", "{\"state\":\"error\",\"timestamp\":\"2036-06-01T12:00:00Z\"}", 0));
        store.keep(said("status", "{\"state\":\"online\",\"timestamp\":\"2026-06-01T12:00:01Z\"}", 1));

        assertThat(store.text(STATE_OF_BME280)).isEqualTo("online");
    }

    @Test
    void aDeviceThatTellsItsStatusForYearsFillsNoCard() throws Exception {
        Outcome[] statuses = IntStream.range(0, Announcements.STATUSES_OF_A_DEVICE + 50)
                .mapToObj(second -> said("status", "{\"state\":\"online\",\"uptime_seconds\":" + second + "}", second))
                .toArray(Outcome[]::new);

        assertThat(store.keep(statuses).stored()).isEqualTo(statuses.length);
        assertThat(store.number("select count(*) from status")).isEqualTo(Announcements.STATUSES_OF_A_DEVICE);
        assertThat(store.number("select min(uptime_s) from status")).isEqualTo(50);
    }

    @Test
    void aReportedConfigurationIsARowForEachChange() throws Exception {
        Decoder caravan = Families.caravanDevice();
        Receipt first = store.keep(said(caravan, "caravan/hut-1/config/report", "{\"interval_s\":60}", 0));
        Receipt same = store.keep(said(caravan, "caravan/hut-1/config/report", "{\"interval_s\":60}", 60));
        Receipt back = store.keep(
                said(caravan, "caravan/hut-1/config/report", "{\"interval_s\":300}", 120),
                said(caravan, "caravan/hut-1/config/report", "{\"interval_s\":60}", 180));

        assertThat(first.stored()).isOne();
        assertThat(same.duplicate()).isOne();
        assertThat(back.stored()).isEqualTo(2);
        assertThat(store.text("select document from configuration order by as_of"))
                .isEqualTo("{\"interval_s\":60}\n{\"interval_s\":300}\n{\"interval_s\":60}");
    }

    private Outcome said(String what, String payload, int secondsAfterNoon) {
        return said(iot, "iot/cottage/gw-01/greenhouse/bme280-1/" + what, payload, secondsAfterNoon);
    }

    private static Outcome said(Decoder decoder, String topic, String payload, int secondsAfterNoon) {
        Instant receivedAt = TestStore.NOON.plusSeconds(secondsAfterNoon);
        Message message = Message.of(topic, payload.getBytes(StandardCharsets.UTF_8), receivedAt);
        return decoder.decodeOne(message).get(0);
    }
}
