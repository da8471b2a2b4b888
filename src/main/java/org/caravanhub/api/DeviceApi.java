package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.device.Device;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Json;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;
import org.caravanhub.http.ReadingJson;
import org.caravanhub.store.DeviceQueries;
import org.caravanhub.store.PlacedReading;
import org.caravanhub.store.ReadingQueries;

/** {@code list-devices} and {@code show-device}. */
public final class DeviceApi {
    private final DeviceQueries devices;
    private final ReadingQueries readings;
    private final Clock clock;

    /** Answers from these queries; presence is judged by this clock. */
    public DeviceApi(DeviceQueries devices, ReadingQueries readings, Clock clock) {
        this.devices = devices;
        this.readings = readings;
        this.clock = clock;
    }

    /** A page of devices in order of id. */
    public Answer list(Question question) {
        int limit = (int) question.number("limit");
        Cursor after = Cursor.of(question, 1);
        Instant now = clock.instant();
        List<Device> page = devices.page(after.text(0), limit + 1);
        return Page.answer(page, limit, device -> Cursor.after(device.id()), (json, device) -> {
            json.writeStartObject();
            writeFields(json, device, now);
            json.writeEndObject();
        });
    }

    /** One device with the newest reading of each of its voices. */
    public Answer show(Question question) {
        String id = question.word("id");
        Optional<Device> found = devices.find(id);
        if (found.isEmpty()) {
            throw Problem.notFound("device", id);
        }
        List<PlacedReading> latest = readings.latest(id);
        Json.Body body = json -> {
            json.writeStartObject();
            writeFields(json, found.get(), clock.instant());
            json.writeArrayFieldStart("latest");
            for (PlacedReading placed : latest) {
                ReadingJson.write(json, placed.reading());
            }
            json.writeEndArray();
            json.writeEndObject();
        };
        return Answer.json(body).unlessKnown(question);
    }

    private static void writeFields(JsonGenerator json, Device device, Instant now) throws IOException {
        json.writeStringField("id", device.id());
        json.writeStringField("family", device.family());
        json.writeStringField("state", device.presence(now).word());
        if (device.usual().isPresent()) {
            json.writeNumberField("interval_ms", device.usual().get().toMillis());
        } else {
            json.writeNullField("interval_ms");
        }
        json.writeStringField("first_seen_at", Moment.text(device.firstSeen()));
        json.writeStringField("last_seen_at", Moment.text(device.lastSeen()));
        json.writeNumberField("received", device.received());
        json.writeNumberField("stored", device.stored());
        json.writeNumberField("duplicate", device.duplicate());
        json.writeNumberField("quarantined", device.quarantined());
    }
}
