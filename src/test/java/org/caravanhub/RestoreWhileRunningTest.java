package org.caravanhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.caravanhub.bench.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that runs becomes what it was, in the same process, and nothing that was acknowledged is lost on the way. */
class RestoreWhileRunningTest {
    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsHereOrInTheBackupOfWhatWasHere() throws Exception {
        try (RunningHub hub = new RunningHub(folder, "mosquitto", Ports.free())) {
            hub.awaitStart();
            hub.ingest(5);
            String backup = hub.backUp();
            hub.ingest(3);

            String job = hub.restore(backup);
            hub.awaitStart();

            assertThat(hub.readings()).isEqualTo(5);
            JsonNode last = hub.lastRestore();
            assertThat(last.get("job").asText()).isEqualTo(job);
            assertThat(last.get("state").asText()).isEqualTo("done");
            assertThat(last.get("left")).isEmpty();
            String before = last.get("saved").asText();
            assertThat(hub.get("/api/v1/backups/" + before)
                            .at("/manifest/database/rows/reading")
                            .asLong())
                    .isEqualTo(8);
            assertThat(hub.get("/api/v1/audit?limit=1").at("/items/0/action").asText())
                    .isEqualTo("restore-backup");
            hub.ingest(1);
            assertThat(hub.readings()).isEqualTo(6);
            hub.awaitForgotten();
        }
    }

    /** What is restored is fine as a file, and no hub can run with it. */
    @Test
    void whatDoesNotStartIsUndone() throws Exception {
        try (RunningHub hub = new RunningHub(folder, "in-process", Ports.free())) {
            hub.awaitStart();
            String settings = Files.readString(hub.config);
            Files.writeString(
                    hub.config, settings.replace("caravan.http.host = 127.0.0.1", "caravan.http.host = 203.0.113.1"));
            String backup = hub.backUp();
            Files.writeString(hub.config, settings);
            hub.ingest(4);

            hub.restore(backup);
            hub.awaitStart();

            assertThat(hub.readings()).isEqualTo(4);
            assertThat(hub.config).hasContent(settings);
            assertThat(hub.lastRestore().get("state").asText()).isEqualTo("undone");
            assertThat(hub.lastRestore().get("why").asText())
                    .contains("The hub did not start with it")
                    .contains("203.0.113.1");
            assertThat(hub.get("/api/v1/health").toString()).contains("was undone");
            hub.awaitForgotten();
        }
    }
}
