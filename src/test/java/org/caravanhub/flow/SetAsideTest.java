package org.caravanhub.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.message.Message;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped policy for a step that fails, on a real broker and a real database. */
class SetAsideTest {
    @TempDir
    Path folder;

    /** A user's step that does not like thirteen. */
    public static final class Superstition {
        public void check(List<Message> messages) {
            for (Message message : messages) {
                if (new String(message.payload(), StandardCharsets.UTF_8).equals("13")) {
                    throw new IllegalArgumentException("thirteen brings bad luck");
                }
            }
        }
    }

    @Test
    void oneMessageThatAStepFailsOnIsSetAsideAloneOutOfItsBatch() throws Exception {
        Files.createDirectories(folder.resolve("shared"));
        Files.copy(Path.of("routes/shared/set-aside.camel.yaml"), folder.resolve("shared/set-aside.camel.yaml"));
        Files.writeString(folder.resolve("superstitious.camel.yaml"), """
                - route:
                    id: superstitious
                    routeConfigurationId: set-aside
                    from:
                      uri: mqtt:numbers
                      parameters:
                        batch: 500
                        cleanStart: true
                      steps:
                        - bean:
                            id: look-for-thirteen
                            ref: superstition
                            method: check
                """);
        try (TestMosquitto mosquitto = TestMosquitto.open();
                SqliteDatabase database = SqliteDatabase.open(folder.resolve("caravan.db"));
                GroupCommit writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
                DefaultCamelContext camel = new DefaultCamelContext()) {
            mosquitto.start();
            MqttComponent mqtt = new MqttComponent(Clock.systemUTC());
            mqtt.setBrokerUrl(mosquitto.url());
            camel.addComponent("mqtt", mqtt);
            camel.addComponent("store", new StoreComponent(writer, new HttpIngestDecoder()::decodeOne));
            camel.getRegistry().bind("superstition", new Superstition());
            camel.start();
            LoadedFlows.of(folder, camel);
            Await.until("subscribed", Duration.ofSeconds(10), () -> mqtt.states()
                    .get(0)
                    .subscribed());

            publish(mosquitto.port(), 20);

            Await.until("all settled", Duration.ofSeconds(20), () -> {
                var state = mqtt.states().get(0);
                return state.received() >= 20 && state.pending() == 0;
            });
            assertThat(quarantine(database))
                    .isEqualTo("13 numbers superstitious look-for-thirteen thirteen brings bad luck");
        }
    }

    /** 1 to {@code count}, a line each, as messages of their own. */
    private static void publish(int port, int count) throws Exception {
        Process publisher = new ProcessBuilder(
                        "sh", "-c", "seq 1 " + count + " | mosquitto_pub -l -q 1 -t numbers -p " + port + " && exit 0")
                .inheritIO()
                .start();
        assertThat(publisher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static String quarantine(SqliteDatabase database) throws Exception {
        try (Connection connection = database.readers().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select group_concat(cast(payload as text) || ' ' || topic"
                        + " || ' ' || flow || ' ' || step || ' ' || reason, '; ') from quarantine")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
