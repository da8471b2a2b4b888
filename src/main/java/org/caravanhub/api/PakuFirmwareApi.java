package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Principal;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.Decision;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.Rollouts;
import org.caravanhub.ota.UpdateReport;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.store.Inquiries;
import org.jspecify.annotations.Nullable;

/**
 * What paku's devices and tools ask, in the words that they know: {@code check-firmware}, {@code report-update},
 * {@code list-firmware-devices}, {@code list-updates}, {@code show-firmware-health}, {@code show-firmware-figures}. What was mended:
 * {@code docs/reference/paku-ota-api.md}.
 */
public final class PakuFirmwareApi {
    /** What devices call a model or a version. */
    private static final int LONGEST_NAME = 64;

    private static final int LONGEST_MESSAGE = 1000;
    private static final int ALL = 100_000;
    private static final String BELOW = "/ota";
    private static final Duration LATELY = Duration.ofHours(24);

    private final Offers offers;
    private final Rollouts rollouts;
    private final Inquiries inquiries;
    private final Addresses addresses;
    private final Clock clock;

    PakuFirmwareApi(Offers offers, Rollouts rollouts, Inquiries inquiries, Addresses addresses, Clock clock) {
        this.offers = offers;
        this.rollouts = rollouts;
        this.inquiries = inquiries;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** A device asks whether there is firmware for it. */
    public Answer check(Question question) {
        String device = question.word("device_id");
        String version = question.word("current_version");
        checkSelf(question, device);
        Inquiry inquiry = new Inquiry(device, question.word("device_model"), version, "", Set.of(), clock.instant());
        if (!DeviceId.isValid(device) || !isName(inquiry.model()) || !isName(version)) {
            return answer(version, Optional.empty(), Optional.empty(), "");
        }
        inquiries.note(inquiry, "paku", question.principal().kind() != Principal.Kind.NOBODY);
        if (!version.isEmpty()) {
            offers.seen(device, version, inquiry.at());
        }
        Decision decision = offers.decide(inquiry);
        return decision instanceof Decision.Offer offer
                ? answer(version, Optional.of(offer.release()), Optional.of(offer.release()), address(question, offer))
                : answer(version, decision.newest(), Optional.empty(), "");
    }

    /** A device, or somebody for it, tells how its update goes. */
    public Answer report(Question question) {
        String device = question.word("id");
        checkSelf(question, device);
        LenientBody body = LenientBody.of(question.body());
        String named = body.required("device_id", LONGEST_NAME);
        String version = body.required("firmware_version", LONGEST_NAME);
        String status = body.word("status", PakuWords.STATUSES, "");
        String message = body.text("error_message", LONGEST_MESSAGE);
        UpdateReport report = new UpdateReport(
                device,
                version,
                PakuWords.STATUSES.contains(status) ? PakuWords.stage(status) : UpdateReport.Stage.PENDING,
                body.percent("progress_percent"),
                message,
                clock.instant());
        if (!named.isEmpty() && !named.equals(device)) {
            body.fault("device_id", "The body is about another device than the path.", device);
        }
        body.check();
        offers.report(report);
        if (report.stage() == UpdateReport.Stage.SUCCESS) {
            // What it should run now; that it does is known when it asks again, or says so in a status.
            inquiries.note(new Inquiry(device, "", version, "", Set.of(), report.at()), Inquiries.REPORTED, true);
        }
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("status", "ok");
            json.writeStringField("message", "Status reported successfully");
            json.writeEndObject();
        });
    }

    /** Devices that have to do with firmware, those that were heard last first. */
    public Answer devices(Question question) {
        List<Inquiries.FirmwareDevice> devices =
                inquiries.devices(question.text("device_model").orElse(""), (int) question.number("limit"));
        return list("devices", devices, (json, device) -> {
            json.writeStringField("device_id", device.device());
            json.writeStringField("device_model", device.model());
            text(json, "current_firmware_version", device.version());
            moment(json, "last_seen", device.lastAt());
            moment(json, "created_at", Optional.of(device.firstAt()));
        });
    }

    /** What became of updates, the newest first. */
    public Answer updates(Question question) {
        List<DeviceUpdate> updates = rollouts.recent(
                question.text("device_id").orElse(""),
                question.text("firmware_version").orElse(""),
                (int) question.number("limit"));
        return list("updates", updates, (json, update) -> {
            json.writeStringField("device_id", update.device());
            json.writeStringField("firmware_version", update.version());
            json.writeStringField("status", PakuWords.status(update.state()));
            text(json, "error_message", update.state().isFailure() ? update.reason() : "");
            json.writeNumberField(
                    "progress_percent", update.state() == DeviceUpdate.State.DONE ? 100 : update.percent());
            moment(json, "started_at", update.startedAt().or(update::offeredAt));
            moment(json, "completed_at", update.state().isEnd() ? update.endedAt() : Optional.empty());
            moment(json, "reported_at", Optional.of(update.changedAt()));
        });
    }

    /** Whether the service is there: what it keeps can be asked. */
    public Answer health() {
        try {
            inquiries.model("health");
        } catch (RuntimeException e) {
            throw Problem.of(ProblemCode.DATABASE_AWAY, "Service unavailable");
        }
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("status", "healthy");
            json.writeEndObject();
        });
    }

    /** How many devices there are of which model, what became of updates since yesterday, and how many rollouts run. */
    public Answer figures() {
        List<Inquiries.FirmwareDevice> devices = inquiries.devices("", ALL);
        Map<String, Long> models = devices.stream()
                .collect(Collectors.groupingBy(Inquiries.FirmwareDevice::model, TreeMap::new, Collectors.counting()));
        Instant since = clock.instant().minus(LATELY);
        Map<String, Long> lately = rollouts.recent("", "", ALL).stream()
                .filter(update -> update.changedAt().isAfter(since))
                .collect(Collectors.groupingBy(
                        update -> PakuWords.status(update.state()), TreeMap::new, Collectors.counting()));
        int running = rollouts.list(new Rollouts.Filter("", Optional.of(Rollout.State.RUNNING), Long.MAX_VALUE, ALL))
                .size();
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeNumberField("total_devices", devices.size());
            counts(json, "devices_by_model", models);
            counts(json, "recent_updates_24h", lately);
            json.writeNumberField("active_rollouts", running);
            json.writeEndObject();
        });
    }

    /** A device speaks for itself only. */
    private static void checkSelf(Question question, String device) {
        Principal principal = question.principal();
        if (principal.kind() == Principal.Kind.DEVICE && !principal.name().equals(device)) {
            throw Problem.of(
                    ProblemCode.FORBIDDEN,
                    "The credential is that of " + principal.name() + ", which speaks for itself only.");
        }
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    /**
     * Where the image is. Who asks below {@code /ota} puts that before every path it is told, as paku's devices must behind their proxy;
     * so it is told the path without.
     */
    private String address(Question question, Decision.Offer offer) {
        String address = addresses.of(offer.release());
        boolean isBelow = question.path().startsWith(BELOW + "/") && address.startsWith(BELOW + "/");
        return isBelow ? address.substring(BELOW.length()) : address;
    }

    private static Answer answer(String version, Optional<Release> newest, Optional<Release> offered, String address) {
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeBooleanField("update_available", offered.isPresent());
            json.writeStringField("current_version", version);
            text(json, "latest_version", newest.map(Release::version).orElse(""));
            text(json, "download_url", address);
            if (offered.isPresent()) {
                json.writeNumberField("file_size", offered.get().artifact().size());
            } else {
                json.writeNullField("file_size");
            }
            text(
                    json,
                    "checksum_sha256",
                    offered.map(release -> release.artifact().sha256()).orElse(""));
            text(json, "release_notes", offered.map(Release::notes).orElse(""));
            json.writeEndObject();
        });
    }

    private interface Members<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    private static <T> Answer list(String name, List<T> items, Members<T> members) {
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(name);
            for (T item : items) {
                json.writeStartObject();
                members.write(json, item);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void counts(JsonGenerator json, String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    /** Null if it is empty, as paku's tools expect. */
    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        json.writeStringField(name, text == null || text.isEmpty() ? null : text);
    }

    private static void moment(JsonGenerator json, String name, Optional<Instant> moment) throws IOException {
        text(
                json,
                name,
                moment.map(at -> at.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(""));
    }
}
