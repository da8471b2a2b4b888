package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistrationDraft;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.quarantine.LettingIn;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.Forgetting;
import org.caravanhub.store.Registry;

/** {@code edit-device}, {@code adopt-device}, {@code disable-device}, {@code enable-device} and {@code remove-device}. */
public final class RegistryApi {
    private static final String SEEN = "`registration_version` of GET in double quotes";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DeviceBook devices;
    private final Registry registry;
    private final Forgetting forgetting;
    private final LettingIn lettingIn;
    private final Function<String, Optional<Registration.Topics>> held;
    private final PresenceWatch presence;
    private final Clock clock;

    /**
     * Changes by these.
     *
     * @param presence whether devices are there
     * @param held which topics a device speaks on of which everything is held
     */
    public RegistryApi(
            DeviceBook devices,
            Registry registry,
            Forgetting forgetting,
            LettingIn lettingIn,
            Function<String, Optional<Registration.Topics>> held,
            PresenceWatch presence,
            Clock clock) {
        this.presence = presence;
        this.devices = devices;
        this.registry = registry;
        this.forgetting = forgetting;
        this.lettingIn = lettingIn;
        this.held = held;
        this.clock = clock;
    }

    /** Changes some fields of a registered device. */
    public Answer edit(Question question) {
        String id = question.word("id");
        Map<String, String> fields = RegistrationPatch.read(question.body());
        Optional<String> expected = question.expectedVersion(SEEN);
        Registration now =
                asked(id, () -> registry.edit(id, expected, before -> drafted(before, fields), by(question)));
        return answer(now);
    }

    /** Takes nothing of it any more. */
    public Answer disable(Question question) {
        return switched(question, "true");
    }

    /** Takes what it says again. */
    public Answer enable(Question question) {
        return switched(question, "false");
    }

    /** Registers a device that was only heard; what is held of it goes in. */
    public Answer adopt(Question question) throws InterruptedException {
        String id = question.word("id");
        Registration now = asked(id, () -> registry.adopt(id, held.apply(id), by(question)));
        LettingIn.Came came = null;
        try {
            came = lettingIn.of(id).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It goes on by itself.
        }
        Optional<LettingIn.Came> done = Optional.ofNullable(came);
        return Answer.json(json -> {
                    json.writeStartObject();
                    json.writeStringField("id", id);
                    json.writeStringField("family", now.topics().family());
                    json.writeStringField("site", now.topics().site());
                    json.writeStringField("system", now.topics().system());
                    json.writeStringField("registration_version", now.version());
                    json.writeStringField("state", done.isPresent() ? "done" : "going_on");
                    json.writeNumberField(
                            "let_in", done.map(LettingIn.Came::passed).orElse(0L));
                    json.writeNumberField("left", done.map(LettingIn.Came::left).orElse(0L));
                    json.writeEndObject();
                })
                .with("ETag", tag(now));
    }

    /** A device is unknown again; with its data, it was never heard. */
    public Answer remove(Question question) throws InterruptedException {
        String id = question.word("id");
        boolean withData = question.word("data").equals("delete");
        if (withData && !question.text("confirm").equals(Optional.of(id))) {
            throw new Problem(
                    ProblemCode.NOT_CONFIRMED,
                    "All that " + id
                            + " ever said would be deleted, for ever. If that is meant, confirm it with the id: `confirm="
                            + id + "`. Nothing was changed.",
                    List.of(new Fault("confirm", "missing", "confirm must be the id of the device.", "confirm=" + id)),
                    Map.of());
        }
        asked(id, () -> {
            registry.remove(id, withData, by(question));
            return id;
        });
        boolean isDone = !withData || forgetting.forget(id, PATIENCE);
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("data", withData ? "delete" : "keep");
            json.writeStringField("state", isDone ? "done" : "going_on");
            json.writeEndObject();
        });
    }

    private Answer switched(Question question, String isDisabled) {
        String id = question.word("id");
        return answer(asked(
                id,
                () -> registry.edit(
                        id,
                        Optional.empty(),
                        before -> drafted(before, Map.of("disabled", isDisabled)),
                        by(question))));
    }

    private Registration drafted(Registration before, Map<String, String> fields) {
        RegistrationDraft draft = new RegistrationDraft(before);
        List<Fault> faults = new ArrayList<>();
        fields.forEach((field, text) ->
                draft.set(field, text).ifPresent(flaw -> faults.add(RegistrationPatch.fault(field, flaw))));
        if (!faults.isEmpty()) {
            throw Problem.parameters(faults);
        }
        return draft.at(clock.instant());
    }

    private Answer answer(Registration now) {
        return Answer.json(json -> {
                    json.writeStartObject();
                    DeviceJson.writeFields(
                            json,
                            devices.find(now.device()).orElseThrow(() -> Problem.notFound("device", now.device())),
                            presence.standing(now.device()));
                    json.writeEndObject();
                })
                .with("ETag", tag(now));
    }

    private static String tag(Registration registration) {
        return '"' + registration.version() + '"';
    }

    private static Registry.By by(Question question) {
        return new Registry.By(question.principal().name(), question.operation());
    }

    private static <T> T asked(String id, Supplier<T> change) {
        try {
            return change.get();
        } catch (Registry.NotRegistered e) {
            if (!e.isHeard()) {
                throw Problem.notFound("device", id);
            }
            throw Problem.of(
                    ProblemCode.NOT_REGISTERED,
                    "The device " + id + " was heard, but is not registered. Register it first: POST /api/v1/devices/"
                            + id + "/adopt, or `caravan device adopt " + id + "`.");
        } catch (Registry.OtherVersion e) {
            throw new Problem(
                    ProblemCode.VERSION_CHANGED,
                    "Somebody changed the device meanwhile: its registration is version " + e.current()
                            + ". Look at it, and send the change again with that.",
                    Map.of(),
                    json -> json.writeStringField("current_version", e.current()));
        }
    }
}
