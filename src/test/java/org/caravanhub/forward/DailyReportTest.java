package org.caravanhub.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report is written while the mail server is away, and arrives when it is there. */
class DailyReportTest {
    @TempDir
    Path folder;

    @Test
    void theReportArrivesWhenTheServerIsThere() throws Exception {
        int port = Ports.free();
        Map<String, String> settings = Map.of(
                "flow.daily-report.server", "smtp://127.0.0.1:" + port, "flow.daily-report.to", "me@example.org");
        try (OptionalFlows hub = new OptionalFlows(
                folder, settings, Map.of("CARAVAN_SECRET_MAIL_PASSWORD", "open-sesame"), "daily-report")) {
            sumUp();
            hub.run("daily-report");

            GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
            server.setUser("caravan", "caravan", "open-sesame");
            server.start();
            try {
                Await.until(
                        "the report is there", Duration.ofSeconds(60), () -> server.getReceivedMessages().length == 1);
                var message = server.getReceivedMessages()[0];
                assertThat(message.getSubject()).isEqualTo("The last day");
                assertThat(message.getContent().toString().replace("\r", ""))
                        .contains("van\n  temperature_c: 3.25 to 7.5")
                        .doesNotContain("open-sesame");
            } finally {
                server.stop();
            }
        }
    }

    /** As the upkeep does it. */
    private void sumUp() throws Exception {
        long bucket = Instant.now().toEpochMilli() / 300_000 - 10;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("caravan.db"));
                var statement = connection.createStatement()) {
            statement.execute(
                    "insert into device (id, family, first_seen_at, last_seen_at) values ('van', 'caravan', 1, 1)");
            statement.execute("insert into source (id, device, family, site, system, sensor, location, mac)"
                    + " values (1, 'van', 'caravan', '', '', '', '', '')");
            statement.execute("insert into series (id, source_id, metric) values (1, 1, 'temperature_c')");
            statement.execute("insert into roll_up_5_minutes (bucket, series_id, count, min, max, sum, last, last_at)"
                    + " values (" + bucket + ", 1, 2, 3.25, 7.5, 10.75, 7.5, 1)");
        }
    }
}
