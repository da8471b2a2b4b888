package org.caravanhub.api;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.caravanhub.exchange.Notes;
import org.caravanhub.http.Json;
import org.caravanhub.message.Message;
import org.caravanhub.mqtt.MqttConstants;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.ReportReader;

/** What the flows in {@code routes/ota} do with offers and with what devices say of them, as the bean {@code updateFlows}. */
public final class UpdateFlows {
    /** The broker forgets an offer that its device did not fetch by then: the rollout may be paused. */
    private static final long SECONDS = 60;

    private final Offers offers;

    UpdateFlows(Offers offers) {
        this.offers = offers;
    }

    /** Writes the offer that is the body as paku's devices read it, and says where it goes and for how long. */
    public void write(Exchange exchange) throws InvalidPayloadException {
        OfferToDevice offer = exchange.getMessage().getMandatoryBody(OfferToDevice.class);
        exchange.getMessage().setBody(Json.of(json -> {
            json.writeStartObject();
            json.writeStringField("url", offer.url());
            json.writeStringField("version", offer.release().version());
            json.writeStringField("checksum", offer.release().artifact().sha256());
            json.writeEndObject();
        }));
        exchange.getMessage().setHeader(MqttConstants.OVERRIDE_TOPIC, offer.topic());
        exchange.getMessage().setHeader(MqttConstants.MESSAGE_EXPIRY, SECONDS);
    }

    /**
     * Notes what a device says of its update.
     *
     * @throws IllegalArgumentException if it says nothing of one
     */
    public void reported(Exchange exchange) {
        for (Object began : exchange.getProperty(Notes.MESSAGES, List.of(), List.class)) {
            offers.report(ReportReader.read((Message) began));
        }
    }
}
