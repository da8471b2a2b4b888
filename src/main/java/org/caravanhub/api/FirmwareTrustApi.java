package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Json;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.signature.KeyText;
import org.caravanhub.ota.signature.VerifyingKey;
import org.caravanhub.ota.trust.FirmwarePolicy;
import org.caravanhub.ota.trust.TrustBook;
import org.caravanhub.ota.trust.TrustedKey;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/**
 * {@code list-firmware-keys}, {@code add-firmware-key}, {@code remove-firmware-key}; {@code list-firmware-policies}, {@code
 * show-firmware-policy}, {@code save-firmware-policy}: whose firmware is believed.
 */
public final class FirmwareTrustApi {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String NAME_RULE = "1 to 64 letters, digits and . _ -, the first a letter or digit";
    private static final String SIGNED_ONLY = "signed_only";
    private static final String POLICY_EXAMPLE = "{\"signed_only\":true}";

    private final TrustBook book;
    private final Clock clock;

    /** Answers from these. */
    public FirmwareTrustApi(TrustBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /** Every key that is trusted. */
    public Answer keys() {
        List<TrustedKey> keys = book.keys();
        return Page.answer(keys, Math.max(1, keys.size()), key -> "", FirmwareTrustApi::write);
    }

    /** Trusts a key. The same again is harmless. */
    public Answer addKey(Question question) {
        JsonBody body = JsonBody.of(question.body(), List.of("name", "key"));
        String name = body.word("name");
        String text = body.word("key");
        body.check();
        if (!NAME.matcher(name).matches()) {
            throw wrong(
                    "name", name.isEmpty() ? "missing" : "not_allowed", "A key needs a name: " + NAME_RULE + ".", "ci");
        }
        TrustedKey key =
                new TrustedKey(name, read(text), now(), question.principal().name());
        Optional<TrustedKey> there = book.keys().stream()
                .filter(known -> known.name().equals(name)
                        || known.key().text().equals(key.key().text()))
                .findFirst();
        if (there.isPresent()) {
            return known(there.get(), key);
        }
        if (!book.add(key, audit(question, "firmware-key/" + name, json -> describe(json, key.key())))) {
            throw Problem.of(ProblemCode.CONFLICT, "Somebody else added a key " + Quoted.of(name) + " just now.");
        }
        return Answer.json(201, json -> write(json, key));
    }

    /** Trusts a key no more. */
    public Answer removeKey(Question question) {
        String name = question.word("name");
        TrustedKey key = book.keys().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("trusted key", name));
        if (!book.remove(name, audit(question, "firmware-key/" + name, json -> describe(json, key.key())))) {
            throw Problem.notFound("trusted key", name);
        }
        return Answer.json(json -> write(json, key));
    }

    /** Every model of which something was said. */
    public Answer policies() {
        List<FirmwarePolicy> policies = book.policies();
        return Page.answer(policies, Math.max(1, policies.size()), policy -> "", FirmwareTrustApi::write);
    }

    /** What is asked of a model's releases; any signature will do, and none, until somebody says otherwise. */
    public Answer policy(Question question) {
        String model = question.word("model");
        FirmwarePolicy policy = book.policy(model).orElseGet(() -> new FirmwarePolicy(model, false, Instant.EPOCH, ""));
        return Answer.json(json -> write(json, policy));
    }

    /** Says what is asked of a model's releases. What is published stays so. */
    public Answer savePolicy(Question question) {
        FirmwarePolicy policy = new FirmwarePolicy(
                question.word("model"),
                signedOnly(question.body()),
                now(),
                question.principal().name());
        book.save(
                policy,
                audit(
                        question,
                        "firmware-policy/" + policy.model(),
                        json -> json.writeBooleanField(SIGNED_ONLY, policy.signedOnly())));
        return Answer.json(json -> write(json, policy));
    }

    private static VerifyingKey read(String text) {
        try {
            return KeyText.read(text);
        } catch (KeyText.NoKey e) {
            throw wrong("key", text.isEmpty() ? "missing" : "not_allowed", String.valueOf(e.getMessage()), "");
        }
    }

    private static Answer known(TrustedKey there, TrustedKey key) {
        boolean isSameKey = there.key().text().equals(key.key().text());
        if (isSameKey && there.name().equals(key.name())) {
            return Answer.json(json -> write(json, there));
        }
        throw Problem.of(
                ProblemCode.CONFLICT,
                isSameKey
                        ? "This key is trusted already, as " + Quoted.of(there.name()) + "."
                        : "There is another key " + Quoted.of(there.name()) + " ("
                                + there.key().fingerprint() + "). Remove it first, or choose another name.");
    }

    private static boolean signedOnly(byte[] body) {
        JsonNode policy = ObjectBody.object(body, POLICY_EXAMPLE);
        policy.fieldNames().forEachRemaining(name -> {
            if (!name.equals(SIGNED_ONLY)) {
                String hint = Nearest.to(name, List.of(SIGNED_ONLY))
                        .map(near -> "did you mean " + near + "?")
                        .orElse(POLICY_EXAMPLE);
                throw wrong(Quoted.of(name), "unknown", "There is no member " + Quoted.of(name) + ".", hint);
            }
        });
        JsonNode value = policy.path(SIGNED_ONLY);
        if (!value.isBoolean()) {
            throw wrong(SIGNED_ONLY, "wrong_type", "signed_only must be true or false.", POLICY_EXAMPLE);
        }
        return value.booleanValue();
    }

    private static void write(JsonGenerator json, TrustedKey key) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", key.name());
        describe(json, key.key());
        json.writeStringField("public_key", key.key().text());
        json.writeStringField("added_at", Moment.text(key.addedAt()));
        json.writeStringField("added_by", key.addedBy());
        json.writeEndObject();
    }

    private static void describe(JsonGenerator json, VerifyingKey key) throws IOException {
        json.writeStringField("algorithm", key.algorithm());
        json.writeStringField("fingerprint", key.fingerprint());
    }

    private static void write(JsonGenerator json, FirmwarePolicy policy) throws IOException {
        boolean isSaid = policy.changedAt().isAfter(Instant.EPOCH);
        json.writeStartObject();
        json.writeStringField("model", policy.model());
        json.writeBooleanField(SIGNED_ONLY, policy.signedOnly());
        json.writeStringField("changed_at", isSaid ? Moment.text(policy.changedAt()) : null);
        json.writeStringField("changed_by", policy.changedBy());
        json.writeEndObject();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private AuditEntry audit(Question question, String subject, Json.Body members) {
        byte[] details = Json.of(json -> {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        });
        return new AuditEntry(
                now(),
                question.principal().name(),
                question.operation(),
                subject,
                new String(details, StandardCharsets.UTF_8));
    }

    private static Problem wrong(String member, String code, String text, String example) {
        return Problem.parameters(List.of(new Fault(member, code, text, example)));
    }
}
