package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.caravanhub.access.ClaimCodes;
import org.caravanhub.access.Places;
import org.caravanhub.access.Provisioning;
import org.caravanhub.access.Refused;
import org.caravanhub.device.ClaimCode;
import org.caravanhub.device.Registration;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Attempts;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;

/** {@code make-claim-code}, {@code list-claim-codes}, {@code revoke-claim-code}; and {@code claim-device}, which nobody signs in for. */
public final class ClaimApi {
    private static final List<String> CODE = List.of("id", "family", "site", "system", "model", "group", "expires");
    private static final List<String> CLAIM = List.of("code", "id", "model");
    private static final String EVERYBODY = "";

    private final ClaimCodes codes;
    private final Provisioning provisioning;
    private final Places places;
    private final Clock clock;

    /** With 50 random bits, guessing one of a hundred open codes at this pace takes 20 million years. */
    private final Attempts ofAddress = new Attempts(10);

    private final Attempts ofAll = new Attempts(60);

    /** Answers from these. */
    public ClaimApi(ClaimCodes codes, Provisioning provisioning, Places places, Clock clock) {
        this.codes = codes;
        this.provisioning = provisioning;
        this.places = places;
        this.clock = clock;
    }

    /** Makes a code, and shows it this once. */
    public Answer make(Question question) {
        JsonBody body = JsonBody.of(question.body(), CODE);
        String device = body.word("id");
        Registration.Topics topics = AccessApi.topics(body);
        String model = body.text("model", 100);
        String group = body.text("group", 64);
        String expires = body.text("expires", 10);
        body.check();
        Duration validity = expires.isEmpty() ? ClaimCodes.USUAL : AccessApi.duration("expires", expires);
        String who = question.principal().name();
        ClaimCodes.Made made = Refusals.told(() -> codes.make(device, topics, model, group, validity, who));
        return Answer.json(201, json -> {
                    json.writeStartObject();
                    json.writeStringField("code", made.text());
                    writeFields(json, made.code(), clock.instant());
                    json.writeStringField("claim", places.http(question.way().host()) + "/api/v1/claim");
                    json.writeEndObject();
                })
                .with("Cache-Control", "no-store");
    }

    /** A page of codes, the newest first; the codes themselves are not known any more. */
    public Answer list(Question question) {
        int limit = (int) question.number("limit");
        Cursor cursor = Cursor.of(question, 2);
        long before = cursor.isPresent() ? cursor.number(0) : Long.MAX_VALUE;
        String beforeId = cursor.isPresent() ? cursor.text(1) : "";
        Instant now = clock.instant();
        return Page.answer(
                codes.page(before, beforeId, limit + 1),
                limit,
                code -> Cursor.after(code.madeAt().toEpochMilli(), code.id()),
                (json, code) -> {
                    json.writeStartObject();
                    writeFields(json, code, now);
                    json.writeEndObject();
                });
    }

    /** Takes a code back. */
    public Answer revoke(Question question) {
        String id = question.word("id");
        Refusals.told(() -> {
            codes.revoke(id, question.principal().name());
            return id;
        });
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("state", "revoked");
            json.writeEndObject();
        });
    }

    /** Makes a device of whoever has a code. */
    public Answer claim(Question question) {
        String address = question.way().address();
        checkAttempts(address);
        JsonBody body = JsonBody.of(question.body(), CLAIM);
        String code = body.text("code", 100);
        Provisioning.Wish wish = new Provisioning.Wish(
                body.word("id"),
                new Registration.Topics("", "", ""),
                body.text("model", 100),
                "",
                "",
                List.of(),
                "",
                "");
        body.check();
        return IssuedJson.answer(201, Refusals.told(() -> claim(code, wish, address)), places, question);
    }

    /** Who has a code that was used is not guessing; only what is no code counts. */
    private Provisioning.Issued claim(String code, Provisioning.Wish wish, String address) {
        try {
            return provisioning.claim(code, wish);
        } catch (Refused e) {
            if (e.why() == Refused.Why.UNKNOWN) {
                ofAddress.failed(address, System.nanoTime());
                ofAll.failed(EVERYBODY, System.nanoTime());
            }
            throw e;
        }
    }

    private void checkAttempts(String address) {
        OptionalInt pause = ofAddress.pause(address, System.nanoTime());
        if (pause.isEmpty()) {
            pause = ofAll.pause(EVERYBODY, System.nanoTime());
        }
        if (pause.isPresent()) {
            throw Problem.retry(
                    ProblemCode.TOO_MANY_ATTEMPTS,
                    "Too many wrong claim codes were tried. Try again after " + pause.getAsInt() + " s.",
                    pause.getAsInt());
        }
    }

    private static void writeFields(JsonGenerator json, ClaimCode code, Instant now) throws IOException {
        json.writeStringField("id", code.id());
        json.writeStringField("state", code.state(now));
        json.writeStringField("device", code.device());
        json.writeStringField("family", code.topics().family());
        json.writeStringField("site", code.topics().site());
        json.writeStringField("system", code.topics().system());
        json.writeStringField("model", code.model());
        json.writeStringField("group", code.group());
        json.writeStringField("made_by", code.madeBy());
        json.writeStringField("made_at", Moment.text(code.madeAt()));
        json.writeStringField("expires_at", Moment.text(code.expiresAt()));
        json.writeStringField("used_at", code.usedAt().map(Moment::text).orElse(null));
        json.writeStringField("used_by", code.usedBy());
    }
}
