package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.device.Device;
import org.caravanhub.device.KnownDevice;
import org.caravanhub.device.Presence;
import org.caravanhub.device.Registration;
import org.caravanhub.http.Moment;
import org.caravanhub.presence.Standing;

/** A device as the API writes it: schema {@code Device} of {@code openapi.yaml}. */
final class DeviceJson {
    private DeviceJson() {}

    /**
     * Its members, into an object that is open.
     *
     * @param standing whether it is there, as the watch says; empty if it watches no such device: never heard, or removed and silent since
     */
    static void writeFields(JsonGenerator json, KnownDevice device, Optional<Standing> standing) throws IOException {
        Optional<Registration> owner = device.registration();
        json.writeStringField("id", device.id());
        json.writeStringField("name", owner.map(Registration::name).orElse(""));
        json.writeStringField("family", device.family());
        json.writeStringField("site", owner.map(known -> known.topics().site()).orElse(""));
        json.writeStringField(
                "system", owner.map(known -> known.topics().system()).orElse(""));
        json.writeStringField("model", device.model());
        json.writeStringField("group", owner.map(Registration::group).orElse(""));
        json.writeArrayFieldStart("tags");
        for (String tag : owner.map(Registration::tags).orElse(List.of())) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeStringField("location", owner.map(Registration::location).orElse(""));
        json.writeStringField("notes", owner.map(Registration::notes).orElse(""));
        json.writeStringField("firmware", device.firmware().isEmpty() ? null : device.firmware());
        json.writeStringField("state", state(device, standing));
        json.writeBooleanField("is_registered", owner.isPresent());
        json.writeBooleanField("is_disabled", device.isDisabled());
        writeInterval(json, owner.flatMap(Registration::interval), standing);
        writeMoment(json, "created_at", owner.map(Registration::createdAt));
        writeMoment(json, "first_seen_at", device.heard().map(Device::firstSeen));
        writeMoment(json, "last_seen_at", device.heard().map(Device::lastSeen));
        json.writeNumberField("received", device.heard().map(Device::received).orElse(0L));
        json.writeNumberField("stored", device.heard().map(Device::stored).orElse(0L));
        json.writeNumberField("duplicate", device.heard().map(Device::duplicate).orElse(0L));
        json.writeNumberField(
                "quarantined", device.heard().map(Device::quarantined).orElse(0L));
        json.writeStringField(
                "registration_version", owner.map(Registration::version).orElse(null));
    }

    /** The word for whether it is there: in lists, pages and files. */
    static String state(KnownDevice device, Optional<Standing> standing) {
        return device.isDisabled()
                ? Presence.DISABLED.word()
                : standing.map(Standing::state)
                        .orElse(device.heard().isEmpty() ? Presence.NEW : Presence.OFFLINE)
                        .word();
    }

    private static void writeInterval(JsonGenerator json, Optional<Duration> set, Optional<Standing> standing)
            throws IOException {
        Optional<Duration> known = set.or(() ->
                standing.filter(now -> now.usualFrom() == Standing.From.LEARNED).map(Standing::usual));
        if (known.isPresent()) {
            json.writeNumberField("interval_ms", known.get().toMillis());
            json.writeStringField("interval_source", set.isPresent() ? "set" : "learned");
        } else {
            json.writeNullField("interval_ms");
            json.writeNullField("interval_source");
        }
    }

    private static void writeMoment(JsonGenerator json, String name, Optional<Instant> moment) throws IOException {
        json.writeStringField(name, moment.map(Moment::text).orElse(null));
    }
}
