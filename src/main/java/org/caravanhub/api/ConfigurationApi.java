package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.command.Addressee;
import org.caravanhub.command.ConfigurationPublisher;
import org.caravanhub.command.DesiredConfiguration;
import org.caravanhub.command.Documents;
import org.caravanhub.command.NoWay;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.reading.Configuration;
import org.caravanhub.store.AnnouncementQueries;
import org.caravanhub.store.Commands;
import org.caravanhub.store.Configurations;

/** {@code show-configuration}, {@code save-configuration}, {@code patch-configuration}: schema {@code DeviceConfiguration}. */
public final class ConfigurationApi {
    /** Bytes of a document that the hub takes. */
    static final int MOST_BYTES = 16 * 1024;

    /** Bytes that the buffers of many devices hold. */
    static final int USUAL_BYTES = 1024;

    private static final String EXAMPLE = "{\"interval_s\":60}";

    private final Configurations configurations;
    private final Commands commands;
    private final AnnouncementQueries announcements;
    private final ConfigurationPublisher publisher;
    private final Clock clock;

    /** Answers from these. */
    public ConfigurationApi(
            Configurations configurations,
            Commands commands,
            AnnouncementQueries announcements,
            ConfigurationPublisher publisher,
            Clock clock) {
        this.configurations = configurations;
        this.commands = commands;
        this.announcements = announcements;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** How a device should be configured, how it says that it is, and what differs. */
    public Answer show(Question question) {
        String device = addressee(question).device();
        Optional<DesiredConfiguration> desired = configurations.desired(device).filter(one -> !one.isWithdrawn());
        return answer(device, desired);
    }

    /** Says all of how it should be. */
    public Answer save(Question question) {
        ObjectBody.object(question.body(), EXAMPLE);
        String document = new String(question.body(), StandardCharsets.UTF_8).strip();
        Optional<Long> version = version(question);
        if (question.expectedTag().isBlank()) {
            throw Problem.of(
                    ProblemCode.PRECONDITION_REQUIRED,
                    "Say which version is replaced: `If-Match` with the `ETag` of GET, or `If-Match: *` for whatever is there.");
        }
        return change(question, version, was -> document);
    }

    /** Changes some of it. */
    public Answer patch(Question question) {
        JsonNode patch = ObjectBody.object(question.body(), EXAMPLE);
        return change(question, version(question), was -> Documents.patched(was, patch));
    }

    private Answer change(Question question, Optional<Long> version, UnaryOperator<String> document) {
        Addressee to = addressee(question);
        String topic;
        try {
            topic = to.configurationTopic();
        } catch (NoWay e) {
            throw Problem.of(ProblemCode.NOT_NOW, String.valueOf(e.getMessage()));
        }
        AuditEntry audit = new AuditEntry(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                question.principal().name(),
                question.operation(),
                "device/" + to.device(),
                "{}");
        Optional<DesiredConfiguration> before = configurations.desired(to.device());
        Optional<DesiredConfiguration> changed =
                configurations.change(to.device(), version, topic, was -> bounded(document.apply(was)), audit);
        if (changed.isEmpty()) {
            long is = configurations
                    .desired(to.device())
                    .map(DesiredConfiguration::version)
                    .orElse(0L);
            throw new Problem(
                    ProblemCode.VERSION_CHANGED,
                    "Somebody changed the configuration meanwhile: it is version " + is + ", not " + version.orElse(0L)
                            + ". Look at it, and save again with its `ETag`.",
                    Map.of(),
                    json -> json.writeNumberField("current_version", is));
        }
        publisher.changed(to.device());
        before.map(DesiredConfiguration::topic)
                .filter(was -> !was.equals(topic))
                .ifPresent(was -> publisher.changed(Configurations.leftover(to.device(), was)));
        return answer(to.device(), changed);
    }

    private static String bounded(String document) {
        int bytes = bytes(document);
        if (bytes > MOST_BYTES) {
            throw Problem.of(
                    ProblemCode.TOO_LARGE,
                    "The configuration would be " + bytes + " bytes long; at most " + MOST_BYTES
                            + " are taken, and many devices read " + USUAL_BYTES + ".");
        }
        return document;
    }

    private Answer answer(String device, Optional<DesiredConfiguration> desired) {
        Optional<Configuration> reported = announcements.configuration(device);
        List<Documents.Difference> differences = desired.isPresent() && reported.isPresent()
                ? Documents.between(desired.get().document(), text(reported.get()))
                : List.of();
        return Answer.json(json -> {
                    json.writeStartObject();
                    json.writeStringField("device", device);
                    write(json, desired);
                    json.writeFieldName("reported");
                    json.writeRawValue(reported.map(ConfigurationApi::text).orElse("null"));
                    json.writeStringField(
                            "reported_at",
                            reported.map(one -> Moment.text(one.when().believedAt()))
                                    .orElse(null));
                    json.writeFieldName("in_step");
                    if (desired.isPresent() && reported.isPresent()) {
                        json.writeBoolean(Documents.isInStep(differences));
                    } else {
                        json.writeNull();
                    }
                    json.writeArrayFieldStart("differences");
                    for (Documents.Difference difference : differences) {
                        json.writeStartObject();
                        json.writeStringField("path", difference.path());
                        json.writeStringField("kind", difference.kind());
                        json.writeFieldName("desired");
                        json.writeRawValue(difference.desired().orElse("null"));
                        json.writeFieldName("reported");
                        json.writeRawValue(difference.reported().orElse("null"));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                })
                .with(
                        "ETag",
                        '"'
                                + Long.toString(desired.map(DesiredConfiguration::version)
                                        .orElse(0L))
                                + '"');
    }

    private static void write(JsonGenerator json, Optional<DesiredConfiguration> desired) throws IOException {
        int bytes = desired.map(one -> bytes(one.document())).orElse(0);
        json.writeFieldName("desired");
        json.writeRawValue(desired.map(DesiredConfiguration::document).orElse("null"));
        json.writeNumberField(
                "version", desired.map(DesiredConfiguration::version).orElse(0L));
        json.writeBooleanField(
                "published", desired.map(DesiredConfiguration::isPublished).orElse(false));
        json.writeNumberField("bytes", bytes);
        json.writeStringField(
                "warning",
                bytes <= USUAL_BYTES
                        ? null
                        : "It is " + bytes + " bytes long, and the buffers of many devices hold " + USUAL_BYTES
                                + ". See whether the device reports it.");
        json.writeStringField(
                "changed_at", desired.map(one -> Moment.text(one.changedAt())).orElse(null));
        json.writeStringField(
                "changed_by", desired.map(DesiredConfiguration::changedBy).orElse(null));
    }

    private Addressee addressee(Question question) {
        String device = question.word("id");
        return commands.addressee(device).orElseThrow(() -> Problem.notFound("device", device));
    }

    /** The version that is to be changed; empty for whichever. */
    private static Optional<Long> version(Question question) {
        String tag = question.expectedTag().strip();
        if (tag.isEmpty() || tag.equals("*")) {
            return Optional.empty();
        }
        if (tag.matches("\"[0-9]{1,18}\"")) {
            return Optional.of(Long.parseLong(tag.substring(1, tag.length() - 1)));
        }
        throw Problem.of(
                ProblemCode.VERSION_CHANGED, "This `If-Match` is not one that this hub gave. Take the `ETag` of GET.");
    }

    private static String text(Configuration reported) {
        return new String(reported.document().json(), StandardCharsets.UTF_8);
    }

    private static int bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8).length;
    }
}
