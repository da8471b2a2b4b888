package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.caravanhub.device.Registration;
import org.caravanhub.message.Message;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.reading.Families;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of those who ask for firmware, and how little. */
final class InquiriesTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private TestDatabase store;
    private Queries queries;
    private Inquiries inquiries;

    private static TestDatabase open(Path data) {
        return new TestStore(data);
    }

    @BeforeEach
    void begin() {
        store = open(folder);
        queries = new Queries(store.database(), Duration.ofSeconds(5));
        inquiries = new Inquiries(new Changes(store.writer(), store.database()), queries, 3);
    }

    @AfterEach
    void end() throws Exception {
        queries.close();
        store.close();
    }

    @Test
    void whoAsksEveryMinuteIsWrittenEveryQuarterOfAnHour() {
        int written = 0;
        for (int minute = 0; minute < 30; minute++) {
            written += asks("a", "1", NOON.plus(Duration.ofMinutes(minute)), true) ? 1 : 0;
        }

        assertThat(written).isEqualTo(2);
        assertThat(inquiries.version("a")).isEqualTo("1");
        asks("a", "", NOON.plus(Duration.ofMinutes(31)), true);
        assertThat(inquiries.version("a"))
                .as("what is not told is not unlearned")
                .isEqualTo("1");
    }

    @Test
    void ofThoseThatNobodyRegisteredOnlyTheNewestStay() {
        asks("known", "1", NOON, true);
        register("known");
        for (int i = 0; i < 6; i++) {
            asks("stranger-" + i, "1", NOON.plusSeconds(1 + i), false);
        }

        assertThat(inquiries.devices("", 100))
                .extracting(Inquiries.FirmwareDevice::device)
                .containsExactly("stranger-5", "stranger-4", "stranger-3", "known");
    }

    @Test
    void strangersCannotMakeTheHubWriteWithoutEnd() {
        int written = 0;
        for (int i = 0; i < 1000; i++) {
            written += asks("a", "1." + i, NOON, false) ? 1 : 0;
        }

        assertThat(written).isEqualTo(120);
        asks("b", "1", NOON.plusSeconds(61), false);
        assertThat(inquiries.version("b")).isEqualTo("1");
    }

    @Test
    void whatADeviceToldLastInWhicheverWayIsWhatItRuns() throws Exception {
        asks("a", "1", NOON, true);
        byte[] status = "{\"firmware\":\"2\"}".getBytes(StandardCharsets.UTF_8);
        store.keep(Families.caravanDevice()
                .decodeOne(Message.of("caravan/a/status", status, NOON.plusSeconds(60)))
                .get(0));

        assertThat(inquiries.devices("m", 10)).singleElement().satisfies(device -> {
            assertThat(device.version()).isEqualTo("2");
            assertThat(device.model()).isEqualTo("m");
            assertThat(device.firstAt()).isEqualTo(NOON);
        });
        asks("a", "3", NOON.plusSeconds(120), true);
        assertThat(inquiries.devices("", 10).get(0).version()).isEqualTo("3");
    }

    /** Who tells nothing over MQTT was shown without firmware. */
    @Test
    void whatADeviceTellsWhenItAsksIsShownWithIt() {
        register("known");
        asks("known", "1", NOON, true);
        inquiries.note(new Inquiry("said", "m", "2", "", Set.of(), NOON), Inquiries.REPORTED, true);
        register("said");

        DeviceBook book = new DeviceBook(queries);
        assertThat(book.find("known").orElseThrow().firmware()).isEqualTo("1");
        assertThat(book.find("said").orElseThrow().firmware())
                .as("a claim of somebody")
                .isEmpty();
    }

    private boolean asks(String device, String version, Instant at, boolean isSigned) {
        return inquiries.note(new Inquiry(device, "m", version, "", Set.of(), at), "paku", isSigned);
    }

    private void register(String device) {
        new Changes(store.writer(), store.database()).make(change -> {
            RegistrationRows.insert(change, registration(device));
            return 0;
        });
    }

    private static Registration registration(String device) {
        return new Registration(
                device,
                new Registration.Topics("caravan", "", ""),
                "",
                "",
                "",
                java.util.List.of(),
                "",
                "",
                java.util.Optional.empty(),
                false,
                NOON,
                NOON);
    }
}
