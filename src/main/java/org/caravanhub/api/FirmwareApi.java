package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.device.OwnersText;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.ReleaseName;
import org.caravanhub.ota.library.Catalogue;
import org.caravanhub.ota.library.Library;
import org.caravanhub.ota.library.Texts;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/** {@code list-firmware}, {@code show-firmware}, {@code edit-firmware}, {@code remove-firmware}, and {@code list-paku-releases}. */
public final class FirmwareApi {
    private static final String SEEN = "`edition` of GET in double quotes";
    private static final List<String> FIELDS = List.of("notes", "changelog", "min_version");
    private static final String EXAMPLE = "{\"notes\":\"Sleeps better.\"}";

    private final Library library;
    private final Addresses addresses;

    /** Answers from this library. */
    public FirmwareApi(Library library, Addresses addresses) {
        this.library = library;
        this.addresses = addresses;
    }

    /** A page of releases, the newest upload first. */
    public Answer list(Question question) {
        int limit = (int) question.number("limit");
        Cursor cursor = Cursor.of(question, 1);
        long before = cursor.isPresent() ? cursor.number(0) : Long.MAX_VALUE;
        List<Release> page = library.catalogue().page(question.text("model"), before, limit + 1);
        return Page.answer(page, limit, release -> Cursor.after(release.id()), (json, release) -> {
            json.writeStartObject();
            ReleaseJson.writeFields(json, release, addresses);
            json.writeEndObject();
        });
    }

    /** One release. */
    public Answer show(Question question) {
        Release release =
                library.catalogue().find(model(question), version(question)).orElseThrow(() -> notFound(question));
        return answer(release).tagged(question, tag(release));
    }

    /** Changes what people read of it, or from where one may update to it. */
    public Answer edit(Question question) {
        Map<String, String> fields = fields(question.body());
        Optional<String> expected = question.expectedVersion(SEEN);
        try {
            Release now = library.catalogue()
                    .edit(
                            model(question),
                            version(question),
                            expected,
                            there -> new Texts(
                                    fields.getOrDefault("notes", there.notes()),
                                    fields.getOrDefault("changelog", there.changelog()),
                                    fields.getOrDefault("min_version", there.minVersion())),
                            by(question))
                    .orElseThrow(() -> notFound(question));
            return answer(now).with("ETag", tag(now));
        } catch (Catalogue.OtherEdition e) {
            throw new Problem(
                    ProblemCode.VERSION_CHANGED,
                    "Somebody changed the release meanwhile: its edition is " + e.current()
                            + ". Look at it, and send the change again with that.",
                    Map.of(),
                    json -> json.writeStringField("current_version", e.current()));
        }
    }

    /** A release goes, and its file with it if no other has the same. */
    public Answer remove(Question question) throws IOException {
        String version = version(question);
        if (!question.text("confirm").equals(Optional.of(version))) {
            throw new Problem(
                    ProblemCode.NOT_CONFIRMED,
                    "Devices could not have " + version
                            + " again, and nobody could bring it back. If that is meant, confirm it with the version: `confirm="
                            + version + "`. Nothing was changed.",
                    List.of(new Fault("confirm", "missing", "confirm must be the version.", "confirm=" + version)),
                    Map.of());
        }
        try {
            Release gone =
                    library.remove(model(question), version, by(question)).orElseThrow(() -> notFound(question));
            return answer(gone);
        } catch (Catalogue.InUse e) {
            throw Problem.of(
                    ProblemCode.NOT_NOW,
                    "The rollout " + Quoted.of(e.rollout()) + " gives it to devices and is not over. Stop that first: "
                            + "`caravan rollout stop " + e.rollout() + "`. Nothing was changed.");
        }
    }

    /** The newest releases in the words of paku's OTA service. */
    public Answer listAsPaku(Question question) {
        int limit = (int) question.number("limit");
        List<Release> page = library.catalogue().page(question.text("device_model"), Long.MAX_VALUE, limit);
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("releases");
            for (Release release : page) {
                writeAsPaku(json, release);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void writeAsPaku(JsonGenerator json, Release release) throws IOException {
        json.writeStartObject();
        json.writeStringField("version", release.version());
        json.writeStringField("device_model", release.model());
        json.writeNumberField("file_size", release.artifact().size());
        json.writeStringField("checksum_sha256", release.artifact().sha256());
        json.writeBooleanField("is_signed", !release.signedBy().isEmpty());
        json.writeStringField("created_at", Moment.text(release.uploadedAt()));
        json.writeStringField("release_notes", release.notes().isEmpty() ? null : release.notes());
        json.writeEndObject();
    }

    private Answer answer(Release release) {
        return Answer.json(json -> {
            json.writeStartObject();
            ReleaseJson.writeFields(json, release, addresses);
            json.writeEndObject();
        });
    }

    private static Map<String, String> fields(byte[] body) {
        JsonNode object = ObjectBody.object(body, EXAMPLE);
        Map<String, String> fields = new java.util.HashMap<>();
        List<Fault> faults = new ArrayList<>();
        object.fields().forEachRemaining(member -> {
            String name = member.getKey();
            if (!FIELDS.contains(name)) {
                String hint = Nearest.to(name, FIELDS)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("there are " + String.join(", ", FIELDS));
                faults.add(new Fault(Quoted.of(name), "unknown", "There is no member " + Quoted.of(name) + ".", hint));
            } else if (!member.getValue().isTextual() && !member.getValue().isNull()) {
                faults.add(new Fault(name, "wrong_type", name + " must be a text.", EXAMPLE));
            } else {
                String text = member.getValue().isNull()
                        ? ""
                        : member.getValue().asText().replace("\r\n", "\n").strip();
                fields.put(name, text);
                flaw(name, text).ifPresent(flaw -> faults.add(new Fault(name, "not_allowed", flaw, "")));
            }
        });
        if (!faults.isEmpty()) {
            throw Problem.parameters(faults);
        }
        return fields;
    }

    private static Optional<String> flaw(String name, String text) {
        if (name.equals("min_version")) {
            return text.isEmpty() || ReleaseName.isValid(text)
                    ? Optional.empty()
                    : Optional.of("min_version cannot be " + Quoted.of(text) + ": " + ReleaseName.RULE + ".");
        }
        return OwnersText.flaw(text, Texts.LONGEST, true).map(flaw -> name + ": " + flaw + ".");
    }

    private static String model(Question question) {
        return question.word("model");
    }

    private static String version(Question question) {
        return question.word("version");
    }

    private static Problem notFound(Question question) {
        return Problem.notFound("release", model(question) + " " + version(question));
    }

    private static String tag(Release release) {
        return '"' + Texts.of(release).edition() + '"';
    }

    private static Catalogue.By by(Question question) {
        return new Catalogue.By(question.principal().name(), question.operation());
    }
}
