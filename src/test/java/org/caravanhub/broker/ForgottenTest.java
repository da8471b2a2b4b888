package org.caravanhub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.broker.EmbeddedBrokerTest.GATE_ACCOUNT;
import static org.caravanhub.broker.EmbeddedBrokerTest.HUB;
import static org.caravanhub.broker.EmbeddedBrokerTest.HUB_ACCOUNT;
import static org.caravanhub.broker.MqttPrograms.login;
import static org.caravanhub.broker.MqttPrograms.publish;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.MqttPrograms.Subscriber;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the hub tells all is kept by the broker for late comers, until its time is up; and nobody else tells it. */
class ForgottenTest {
    private static final String POWER = "paku/ecoflow/DCABZ0000000001/power";
    private static final String OTHER = "paku/ecoflow/DCABZ0000000002/power";
    private static final List<String> DISPLAY = login("display", "display-secret");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"MOSQUITTO", "IN_PROCESS"})
    void aDisplayThatComesLateSeesNoStationThatIsGone(BrokerSettings.Kind kind) {
        Account display = Account.device("display", PasswordHash.of("display-secret"));
        try (EmbeddedBroker broker = started(kind, display)) {
            String url = broker.url();
            try (Subscriber new5 = Subscriber.open(url, DISPLAY, List.of(POWER));
                    Subscriber old = Subscriber.open(url, DISPLAY, List.of("paku/ecoflow/+/power"), "-V", "311")) {
                keep(url, POWER, "gone soon", 2);
                keep(url, OTHER, "still here", 300);
                assertThat(new5.until(POWER + " gone soon")).hasSize(1);
                assertThat(old.until(POWER + " gone soon")).contains(POWER + " gone soon");
            }
            publish(url, DISPLAY, OTHER, "made up", "-r");
            for (String version : List.of("5", "311")) {
                Await.until("it is forgotten", Duration.ofSeconds(10), () -> late(url, version)
                        .equals(List.of(OTHER + " still here")));
            }
        }
    }

    private static void keep(String url, String topic, String text, int seconds) {
        String expiry = Integer.toString(seconds);
        publish(url, HUB, topic, text, "-r", "-q", "0", "-D", "publish", "message-expiry-interval", expiry);
    }

    /** What somebody sees who comes now. */
    private static List<String> late(String url, String version) {
        try (Subscriber late = Subscriber.open(url, DISPLAY, List.of(POWER, OTHER), "-V", version)) {
            return late.until(OTHER + " still here");
        }
    }

    private EmbeddedBroker started(BrokerSettings.Kind kind, Account display) {
        BrokerSettings settings = new BrokerSettings(kind, "127.0.0.1", Ports.free(), directory.resolve("broker"));
        EmbeddedBroker broker =
                EmbeddedBroker.choose(settings, Clock.systemUTC()).orElseThrow();
        broker.start(List.of(HUB_ACCOUNT, GATE_ACCOUNT, display));
        return broker;
    }
}
