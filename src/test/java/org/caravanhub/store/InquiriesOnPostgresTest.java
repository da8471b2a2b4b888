package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.caravanhub.TestPostgres;
import org.caravanhub.message.Message;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.reading.Families;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL keeps and forgets the same of those who ask for firmware. */
final class InquiriesOnPostgresTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void whoAskedLastStaysWithWhatItRuns() throws Exception {
        try (TestPostgres postgres = TestPostgres.fresh();
                TestSpool store = new TestSpool(folder, postgres);
                Queries queries = new Queries(store.database(), Duration.ofSeconds(5))) {
            Inquiries inquiries = new Inquiries(new Changes(store.writer(), store.database()), queries, 2);
            for (int i = 0; i < 4; i++) {
                inquiries.note(
                        new Inquiry("stranger-" + i, "m", "1", "", Set.of(), NOON.plusSeconds(i)), "paku", false);
            }
            byte[] status = "{\"firmware\":\"2\"}".getBytes(StandardCharsets.UTF_8);
            store.keep(Families.caravanDevice()
                    .decodeOne(Message.of("caravan/stranger-2/status", status, NOON.plusSeconds(60)))
                    .get(0));

            assertThat(inquiries.devices("m", 10))
                    .extracting(device -> device.device() + " " + device.version())
                    .containsExactly("stranger-2 2", "stranger-3 1");
            inquiries.note(new Inquiry("stranger-2", "m", "3", "", Set.of(), NOON.plusSeconds(90)), "paku", false);
            assertThat(new DeviceBook(queries).find("stranger-2").orElseThrow().firmware())
                    .isEqualTo("3");
        }
    }
}
