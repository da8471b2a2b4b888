package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Collectors;
import org.caravanhub.Await;
import org.caravanhub.TestPostgres;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub and its PostgreSQL come back from a power cut, and the hub is the first. */
final class PostgresAwayAtStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @Test
    void theHubStartsWithAllItsFlowsAndItsSchedulesBeginWhenPostgresIsThere() throws Exception {
        try (TestPostgres postgres = TestPostgres.fresh();
                TestMosquitto broker = TestMosquitto.open().start()) {
            postgres.stop();
            try (HubProcess hub = HubProcess.start(data, broker, postgres)) {
                String told = told(hub);
                assertThat(told).contains("broken=0", "database=away").doesNotContain("ERROR", "Exception");

                postgres.start();
                Await.until("schedules are known", PATIENCE, () -> schedules(postgres) > 5);
                assertThat(told(hub)).doesNotContain("ERROR", "schedules=not", "Exception");
            }
        }
    }

    /** Without what Vert.x says of somebody who knocks while it opens the port, as this test does: it closes the connection. */
    private static String told(HubProcess hub) throws IOException {
        return Files.readAllLines(hub.output()).stream()
                .filter(line -> !line.contains("ChannelInitializer Failed to initialize a channel"))
                .collect(Collectors.joining("\n"));
    }

    private static long schedules(TestPostgres postgres) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from caravan.schedule")) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            return 0;
        }
    }
}
