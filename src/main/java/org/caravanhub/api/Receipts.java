package org.caravanhub.api;

import org.caravanhub.http.Answer;
import org.caravanhub.store.Receipt;

/** A receipt as the API writes it: schema {@code Receipt} of {@code openapi.yaml}. */
final class Receipts {
    private Receipts() {}

    static Answer answer(Receipt receipt) {
        return answer(200, receipt);
    }

    static Answer answer(int status, Receipt receipt) {
        return Answer.json(status, json -> {
            json.writeStartObject();
            json.writeNumberField("received", receipt.received());
            json.writeNumberField("stored", receipt.stored());
            json.writeNumberField("duplicate", receipt.duplicate());
            json.writeNumberField("quarantined", receipt.quarantined());
            json.writeNumberField("waiting", receipt.waiting());
            json.writeEndObject();
        });
    }
}
