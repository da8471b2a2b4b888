package org.caravanhub.api;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.caravanhub.access.Places;
import org.caravanhub.access.Provisioning;
import org.caravanhub.device.Credential;
import org.caravanhub.device.Registration;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;

/**
 * {@code provision-device} and {@code provision-seed-device}, which are one; {@code list-credentials}, {@code rotate-credential}, {@code
 * revoke-credentials} and {@code replace-credentials}.
 */
public final class AccessApi {
    private static final List<String> TEXTS =
            List.of("id", "family", "site", "system", "model", "name", "group", "location", "notes");
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(1);

    private final Provisioning provisioning;
    private final Places places;

    /** Answers from these. */
    public AccessApi(Provisioning provisioning, Places places) {
        this.provisioning = provisioning;
        this.places = places;
    }

    /** Makes a device with its first credential. */
    public Answer provision(Question question) {
        JsonBody body = JsonBody.of(question.body(), TEXTS, "tags");
        Provisioning.Wish wish = new Provisioning.Wish(
                body.word("id"),
                topics(body),
                body.text("model", 100),
                body.text("name", 100),
                body.text("group", 64),
                body.texts("tags", 40),
                body.text("location", 200),
                body.lines("notes", 4000));
        body.check();
        String who = question.principal().name();
        return IssuedJson.answer(201, Refusals.told(() -> provisioning.provision(wish, who)), places, question);
    }

    /** What a device signs in with, without what would let somebody else in. */
    public Answer list(Question question) {
        List<Credential> credentials = Refusals.told(() -> provisioning.credentials(question.word("id")));
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (Credential credential : credentials) {
                json.writeStartObject();
                json.writeStringField("user", credential.user());
                json.writeStringField("made_at", Moment.text(credential.madeAt()));
                json.writeStringField(
                        "expires_at", credential.expiresAt().map(Moment::text).orElse(null));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNullField("next_cursor");
            json.writeEndObject();
        });
    }

    /** Gives a device a new password beside the one that it has, for a while. */
    public Answer rotate(Question question) {
        Duration overlap = duration("overlap", question.word("overlap"));
        if (overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw Problem.parameters(
                    List.of(new Fault("overlap", "out_of_range", "overlap is more than 24h.", "0s to 24h")));
        }
        String who = question.principal().name();
        return IssuedJson.answer(
                200, Refusals.told(() -> provisioning.rotate(question.word("id"), overlap, who)), places, question);
    }

    /** Lets a device in no more. */
    public Answer revoke(Question question) {
        String id = question.word("id");
        int gone =
                Refusals.told(() -> provisioning.revoke(id, question.principal().name()));
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeNumberField("revoked", gone);
            json.writeEndObject();
        });
    }

    /** Gives a device a new password, and takes all others away. */
    public Answer replace(Question question) {
        String who = question.principal().name();
        return IssuedJson.answer(
                200, Refusals.told(() -> provisioning.replace(question.word("id"), who)), places, question);
    }

    /** Which topics somebody wants; Caravan's own family if nothing is said. */
    static Registration.Topics topics(JsonBody body) {
        String family = body.text("family", 40);
        return new Registration.Topics(
                family.isEmpty() ? "caravan" : family.toLowerCase(Locale.ROOT), body.word("site"), body.word("system"));
    }

    /** {@code 90s}, {@code 10m}, {@code 24h}, {@code 7d}. */
    static Duration duration(String name, String text) {
        if (!text.matches("\\d{1,6}[smhd]")) {
            throw Problem.parameters(
                    List.of(new Fault(name, "wrong_type", name + " is no duration.", "90s, 10m, 24h or 7d")));
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
