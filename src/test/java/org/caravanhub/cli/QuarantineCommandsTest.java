package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.caravanhub.api.TestHub;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was set aside is mended from the command line, on a hub that runs. */
class QuarantineCommandsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private TestHub hub;
    private HubCommands caravan;

    @BeforeEach
    void begin() throws Exception {
        hub = new TestHub(folder);
        caravan = new HubCommands(folder, hub.port());
        for (int i = 0; i < 250; i++) {
            String payload = i % 2 == 0 ? "{\"temperature_c\":21." + i + "}" : "{oops";
            hub.keep(new Malformed(
                    Message.of("http/ingest/tank", payload.getBytes(StandardCharsets.UTF_8), NOON.plusSeconds(i)),
                    "tank",
                    Malformed.Cause.NOT_JSON,
                    "not JSON at byte " + i));
        }
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    @Test
    void alikeMessagesAreOneLine() {
        assertThat(caravan.run("message", "quarantine", "groups")).isZero();

        assertThat(caravan.out().lines()).hasSize(2);
        assertThat(caravan.out()).contains("250\tnot_json", "not JSON at byte 249");
    }

    @Test
    void whatWouldPassIsReplayedAndTheRestStays() {
        String[] into = {"--all", "--into", "ingest-reading"};
        assertThat(run("test", into)).isEqualTo(ExitCode.PARTLY_DONE);
        assertThat(caravan.out()).startsWith("125 of 250 would pass.").contains("oops");
        assertThat(run("replay", "--all", "--into", "ingest-reading", "--dry-run"))
                .isEqualTo(ExitCode.PARTLY_DONE);

        assertThat(run("replay", into)).isEqualTo(ExitCode.PARTLY_DONE);
        assertThat(caravan.out()).startsWith("125 of 250 replayed: 125 stored, 0 there already.");

        assertThat(run("replay", "--all", "--into", "ingest-reading", "--json")).isEqualTo(ExitCode.PARTLY_DONE);
        assertThat(caravan.out()).contains("\"selected\":125,\"tried\":125,\"passed\":0,\"failed\":125");
    }

    @Test
    void nothingIsDiscardedWithoutYes() {
        assertThat(run("discard", "--cause", "not_json")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.out()).isEqualTo("250 would be discarded, for ever.\n");

        assertThat(run("discard", "--id", "1,2", "--yes")).isZero();
        assertThat(caravan.out()).isEqualTo("2 discarded.\n");

        run("groups");
        assertThat(caravan.out()).contains("248\tnot_json");
    }

    @Test
    void whatIsMeantHasToBeSaid() {
        assertThat(run("replay")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("which messages", "caravan message quarantine groups");
    }

    private int run(String command, String... options) {
        String[] line = new String[options.length + 3];
        line[0] = "message";
        line[1] = "quarantine";
        line[2] = command;
        System.arraycopy(options, 0, line, 3, options.length);
        return caravan.run(line);
    }
}
