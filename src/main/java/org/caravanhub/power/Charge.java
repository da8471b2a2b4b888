package org.caravanhub.power;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Reading;

/**
 * How full a station was.
 *
 * @param percent 0 to 100
 * @param at when the hub heard it
 */
public record Charge(double percent, Instant at) {
    /** What stations call it. */
    public static final String METRIC = "soc_percent";

    private static final JsonFactory FACTORY = new JsonFactory();

    /** What a reading tells of now; nothing if it tells none that can be, or was kept back on its way. */
    public static Optional<Charge> in(Reading reading) {
        boolean isOld = reading.has(Flag.RETAINED) || reading.has(Flag.LATE) && !reading.has(Flag.HUB_CLOCK_UNSURE);
        OptionalDouble percent = isOld ? OptionalDouble.empty() : number(reading);
        return percent.isPresent() && percent.getAsDouble() >= 0 && percent.getAsDouble() <= 100
                ? Optional.of(new Charge(percent.getAsDouble(), reading.receivedAt()))
                : Optional.empty();
    }

    /** The newest of these; they come the newest first. */
    public static Optional<Charge> newest(List<Reading> readings) {
        return readings.stream().flatMap(reading -> in(reading).stream()).findFirst();
    }

    private static OptionalDouble number(Reading reading) {
        try (JsonParser json = FACTORY.createParser(reading.metrics().json())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isIt = json.currentName().equals(METRIC);
                JsonToken value = json.nextToken();
                if (isIt) {
                    return value.isNumeric() ? OptionalDouble.of(json.getDoubleValue()) : OptionalDouble.empty();
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            // The decoder has checked it; whatever it is, it is no charge.
        }
        return OptionalDouble.empty();
    }
}
