package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
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
            write(json, "disk_free_bytes", forecast.freeBytes());
            json.writeStringField("raw_since", rawSince.map(Moment::text).orElse(null));
            write(json, "bytes_per_day", forecast.bytesPerDay());
            write(json, "full_in_days", forecast.fullInDays());
            json.writeStringField("summary", forecast.words() + ".");
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, String name, OptionalLong number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, number.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }
}
