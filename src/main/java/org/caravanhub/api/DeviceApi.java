package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanhub.device.Device;
import org.caravanhub.device.Presence;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Json;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;
import org.caravanhub.http.ReadingJson;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.presence.Standing;
import org.caravanhub.reading.Configuration;
import org.caravanhub.reading.Status;
import org.caravanhub.store.AnnouncementQueries;
import org.caravanhub.store.DeviceQueries;
import org.caravanhub.store.PlacedEvent;
import org.caravanhub.store.PlacedReading;
import org.caravanhub.store.ReadingQueries;

/** {@code list-devices}, {@code show-device} and {@code list-device-events}. */
public final class DeviceApi {
    private final DeviceQueries devices;
    private final ReadingQueries readings;
    private final AnnouncementQueries announcements;
    private final PresenceWatch presence;

    /** Answers from these queries, and whether devices are there from this watch. */
    public DeviceApi(
            DeviceQueries devices, ReadingQueries readings, AnnouncementQueries announcements, PresenceWatch presence) {
        this.devices = devices;
        this.readings = readings;
        this.announcements = announcements;
        this.presence = presence;
    }

    /** A page of devices in order of id. */
    public Answer list(Question question) {
        int limit = (int) question.number("limit");
        Cursor after = Cursor.of(question, 1);
        List<Device> page = devices.page(after.text(0), limit + 1);
        return Page.answer(page, limit, device -> Cursor.after(device.id()), (json, device) -> {
            json.writeStartObject();
            writeFields(json, device);
            json.writeEndObject();
        });
    }

    /** One device with its newest status, the configuration that it reports, and the newest reading of each of its voices. */
    public Answer show(Question question) {
        String id = question.word("id");
        Device device = find(id);
        Optional<Status> status = announcements.status(id);
        Optional<Configuration> configuration = announcements.configuration(id);
        List<PlacedReading> latest = readings.latest(id);
        Json.Body body = json -> {
            json.writeStartObject();
            writeFields(json, device);
            json.writeFieldName("status");
            if (status.isPresent()) {
                AnnouncementJson.write(json, status.get());
            } else {
                json.writeNull();
            }
            json.writeFieldName("configuration");
            if (configuration.isPresent()) {
                AnnouncementJson.write(json, configuration.get());
            } else {
                json.writeNull();
            }
            json.writeArrayFieldStart("latest");
            for (PlacedReading placed : latest) {
                ReadingJson.write(json, placed.reading());
            }
            json.writeEndArray();
            json.writeEndObject();
        };
        return Answer.json(body).unlessKnown(question);
    }

    /** A page of what happened at a device, newest first. */
    public Answer events(Question question) {
        String id = find(question.word("id")).id();
        int limit = (int) question.number("limit");
        Cursor cursor = Cursor.of(question, 2);
        long before = cursor.isPresent() ? cursor.number(0) : Long.MAX_VALUE;
        long beforeId = cursor.isPresent() ? cursor.number(1) : Long.MAX_VALUE;
        List<PlacedEvent> page = announcements.events(id, before, beforeId, limit + 1);
        return Page.answer(page, limit, DeviceApi::after, AnnouncementJson::write);
    }

    private static String after(PlacedEvent placed) {
        return Cursor.after(placed.event().when().believedAt().toEpochMilli(), placed.id());
    }

    private Device find(String id) {
        return devices.find(id).orElseThrow(() -> Problem.notFound("device", id));
    }

    private void writeFields(JsonGenerator json, Device device) throws IOException {
        Optional<Standing> standing = presence.standing(device.id());
        Optional<Duration> usual =
                standing.filter(now -> now.usualFrom() != Standing.From.ASSUMED).map(Standing::usual);
        json.writeStringField("id", device.id());
        json.writeStringField("family", device.family());
        json.writeStringField(
                "state", standing.map(Standing::state).orElse(Presence.NEW).word());
        if (usual.isPresent()) {
            json.writeNumberField("interval_ms", usual.get().toMillis());
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
