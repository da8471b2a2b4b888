package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.health.Health;
import org.caravanhub.mqtt.ConsumerState;
import org.junit.jupiter.api.Test;

/** How much a flow that hears nothing matters depends on whose it is. */
final class MqttHealthTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void aFlowOfOnesOwnThatHangsIsAWarningAndAShippedOneAProblem() {
        Health ofOnesOwn =
                new MqttHealth(() -> List.of(hears("paku-data"), hangs("my-fan")), "paku-data"::equals).check();
        Health shipped =
                new MqttHealth(() -> List.of(hangs("my-fan"), hangs("paku-data")), "paku-data"::equals).check();

        assertThat(ofOnesOwn.state()).isEqualTo(Health.State.WARNING);
        assertThat(ofOnesOwn.what()).contains("my-fan");
        assertThat(shipped.state()).isEqualTo(Health.State.PROBLEM);
        assertThat(shipped.what()).contains("paku-data");
    }

    private static ConsumerState hears(String flow) {
        return state(flow, Optional.empty());
    }

    private static ConsumerState hangs(String flow) {
        return state(flow, Optional.of(NOON));
    }

    private static ConsumerState state(String flow, Optional<Instant> stalledSince) {
        return new ConsumerState(
                flow,
                "c",
                "tcp://b",
                List.of("a/#"),
                true,
                NOON,
                "",
                true,
                true,
                List.of(),
                3,
                5,
                0,
                0,
                0,
                stalledSince);
    }
}
