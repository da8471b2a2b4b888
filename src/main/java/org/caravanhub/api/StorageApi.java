package org.caravanhub.api;

import java.time.Instant;
import java.util.Optional;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Moment;
import org.caravanhub.upkeep.Forecast;

/** {@code show-storage}. */
public final class StorageApi {
    private final Storage storage;

    /** Answers from this. */
    public StorageApi(Storage storage) {
        this.storage = storage;
    }

    /** What is used, what may be used, and how long that lasts. */
    public Answer show() {
        Forecast forecast = storage.forecast();
        Optional<Instant> rawSince = storage.query().rawSince();
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeNumberField("used_bytes", forecast.usedBytes());
            json.writeNumberField("budget_bytes", forecast.budgetBytes());
            json.writeNumberField("disk_free_bytes", forecast.freeBytes());
            json.writeStringField("raw_since", rawSince.map(Moment::text).orElse(null));
            if (forecast.bytesPerDay().isPresent()) {
                json.writeNumberField("bytes_per_day", forecast.bytesPerDay().getAsLong());
            } else {
                json.writeNullField("bytes_per_day");
            }
            if (forecast.fullInDays().isPresent()) {
                json.writeNumberField("full_in_days", forecast.fullInDays().getAsLong());
            } else {
                json.writeNullField("full_in_days");
            }
            json.writeStringField("summary", forecast.words() + ".");
            json.writeEndObject();
        });
    }
}
