package org.caravanhub.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.caravanhub.message.Message;
import org.junit.jupiter.api.Test;

/** Whatever names, texts and sentinels a bridge writes, the hub has the same numbers as from the cloud. */
class EcoFlowBridgeTest {
    private final Decoder decoder = Families.ecoflowBridge();

    @Test
    void pakusNamesAndTheHubsAreTheSameReadingOfTheStation() {
        Reading paku = (Reading) one("{\"soc\":\"76\",\"watts_in\":210.0,\"watts_out\":4.5e1,\"solar_w\":0.50}");
        Reading hubs = (Reading) one("{\"soc_percent\":76,\"in_w\":210,\"out_w\":45,\"solar_w\":0.5}");

        assertThat(paku.metrics()).isEqualTo(hubs.metrics());
        assertThat(paku.metrics().toString())
                .isEqualTo("{\"soc_percent\":76,\"in_w\":210,\"out_w\":45,\"solar_w\":0.5,\"bridge\":\"galley\"}");
        assertThat(paku.source()).isEqualTo(Source.of("ecoflow-DCABZ0000000001", "ecoflow"));
    }

    @Test
    void twoBridgesAreOneVoiceSoThatNothingIsAddedUp() {
        Reading other =
                (Reading) one("ecoflow/roof/DCABZ0000000001", "{\"soc\":76,\"location\":\"roof\",\"mac\":\"A\"}");

        assertThat(other.source()).isEqualTo(((Reading) one("{\"soc\":76}")).source());
        assertThat(other.metrics().toString()).endsWith("\"bridge\":\"roof\"}");
    }

    @Test
    void aNameThatIsWrittenInEscapesIsNotTakenForAnother() {
        Reading reading = (Reading) one("{\"soc\":76,\"soc\\u005fpercent\":12,\"bridg\\u0065\":\"x\"}");

        assertThat(reading.metrics().toString()).isEqualTo("{\"soc_percent\":76,\"bridge\":\"galley\"}");
        assertThat(reading.has(Flag.OUT_OF_RANGE)).isTrue();
    }

    @Test
    void whatTheBrokerKeptAndHasNoTimeIsOfAnyDay() {
        Message kept = new Message(
                "ecoflow/galley/DCABZ0000000001", "{\"soc\":76}".getBytes(UTF_8), Documented.RECEIVED, true, false, 10);

        assertThat(Documented.words(decoder.decodeOne(kept))).isEqualTo("missing_field");
    }

    @Test
    void whatIsWrongIsTheBridges() {
        Malformed wrong = (Malformed) one("{\"soc\":137}");

        assertThat(wrong.device()).isEqualTo("galley");
        assertThat(wrong.reason()).contains("none of its values is one that a power station can have");
    }

    private Outcome one(String payload) {
        return one("ecoflow/galley/DCABZ0000000001", payload);
    }

    private Outcome one(String topic, String payload) {
        List<Outcome> outcomes = decoder.decodeOne(Message.of(topic, payload.getBytes(UTF_8), Documented.RECEIVED));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }
}
