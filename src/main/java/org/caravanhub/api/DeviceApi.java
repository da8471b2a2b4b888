package org.caravanhub.api;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanhub.device.KnownDevice;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Json;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;
import org.caravanhub.http.ReadingJson;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.reading.Configuration;
import org.caravanhub.reading.Status;
import org.caravanhub.store.AnnouncementQueries;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.PlacedEvent;
import org.caravanhub.store.PlacedReading;
import org.caravanhub.store.ReadingQueries;
import org.caravanhub.store.TrendQueries;

/** {@code list-devices}, {@code show-device} and {@code list-device-events}. */
public final class DeviceApi {
    private static final Duration TREND = Duration.ofDays(7);
    private static final int EVERY = 1000;

    private final DeviceBook devices;
    private final TrendQueries trends;
    private final ReadingQueries readings;
    private final AnnouncementQueries announcements;
    private final PresenceWatch presence;
    private final Clock clock;

    /** Answers from these queries, and whether devices are there from this watch; trends end now by this clock. */
    public DeviceApi(
            DeviceBook devices,
            TrendQueries trends,
            ReadingQueries readings,
            AnnouncementQueries announcements,
            PresenceWatch presence,
            Clock clock) {
        this.clock = clock;
        this.devices = devices;
        this.trends = trends;
        this.readings = readings;
        this.announcements = announcements;
        this.presence = presence;
    }

    /** A page of devices in order of id; as CSV all of them. */
    public Answer list(Question question) {
        DeviceFilter filter = new DeviceFilter(question, this::state);
        if (question.word("format").equals("csv")) {
            return Answer.bytes("text/csv; charset=utf-8", csv(filter))
                    .with("Content-Disposition", "attachment; filename=\"devices.csv\"");
        }
        int limit = (int) question.number("limit");
        Cursor after = Cursor.of(question, 1);
        List<KnownDevice> page = filter.after(after.text(0), limit + 1, devices);
        return Page.answer(page, limit, device -> Cursor.after(device.id()), (json, device) -> {
            json.writeStartObject();
            DeviceJson.writeFields(json, device, presence.standing(device.id()));
            json.writeEndObject();
        });
    }

    private byte[] csv(DeviceFilter filter) {
        StringBuilder text = new StringBuilder(DeviceCsv.head());
        String after = "";
        while (true) {
            List<KnownDevice> page = filter.after(after, EVERY, devices);
            page.forEach(device -> DeviceCsv.append(device, state(device), text));
            if (page.size() < EVERY) {
                return text.toString().getBytes(StandardCharsets.UTF_8);
            }
            after = page.get(page.size() - 1).id();
        }
    }

    private String state(KnownDevice device) {
        return DeviceJson.state(device, presence.standing(device.id()));
    }

    /** One device with its newest status, the configuration that it reports, and the newest reading of each of its voices. */
    public Answer show(Question question) {
        String id = question.word("id");
        KnownDevice device = find(id);
        Optional<Status> status = announcements.status(id);
        Optional<Configuration> configuration = announcements.configuration(id);
        List<PlacedReading> latest = readings.latest(id);
        List<TrendQueries.Trend> past = trends.of(id, clock.instant().minus(TREND));
        Json.Body body = json -> {
            json.writeStartObject();
            DeviceJson.writeFields(json, device, presence.standing(id));
            DeviceTrends.write(json, past, latest, status);
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

    private KnownDevice find(String id) {
        return devices.find(id).orElseThrow(() -> Problem.notFound("device", id));
    }
}
