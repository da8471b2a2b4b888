package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Figures;
import org.caravanhub.ota.Preview;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.RolloutDraft;
import org.caravanhub.ota.RolloutRefused;
import org.caravanhub.ota.RolloutStatus;
import org.caravanhub.ota.Rollouts;

/**
 * {@code list-rollouts}, {@code create-rollout}, {@code preview-rollout}, {@code show-rollout}, {@code edit-rollout},
 * {@code list-rollout-updates}; {@code pause-rollout}, {@code resume-rollout}, {@code advance-rollout}, {@code roll-back-rollout},
 * {@code stop-rollout}; {@code compare-firmware}, {@code list-device-updates}.
 */
public final class RolloutApi {
    private static final List<String> EDITED = List.of("percentage");

    private final Rollouts rollouts;

    /** Answers from these. */
    public RolloutApi(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    /** A page, newest first. */
    public Answer list(Question question) {
        int limit = (int) question.number("limit");
        Cursor cursor = Cursor.of(question, 1);
        Rollouts.Filter filter = new Rollouts.Filter(
                question.text("model").orElse(""),
                question.text("state").flatMap(Rollout.State::ofWord),
                cursor.isPresent() ? cursor.number(0) : Long.MAX_VALUE,
                limit + 1);
        return Page.answer(
                rollouts.list(filter),
                limit,
                status -> Cursor.after(status.rollout().id()),
                RolloutJson::write);
    }

    /** Makes one, and begins it. */
    public Answer create(Question question) {
        RolloutDraft draft = RolloutRequest.read(question.body());
        Rollout made = asked(() -> rollouts.create(draft, by(question)));
        return answer(201, find(made.id()), question).with("Location", "/api/v1/rollouts/" + made.id());
    }

    /** What one would do. */
    public Answer preview(Question question) {
        RolloutDraft draft = RolloutRequest.read(question.body());
        Preview preview = asked(() -> rollouts.preview(draft));
        return Answer.json(json -> RolloutJson.write(json, draft, preview));
    }

    /** One, and how far it is. */
    public Answer show(Question question) {
        return answer(200, find(question), question);
    }

    /** More of it, to somebody who has seen it. */
    public Answer edit(Question question) {
        RolloutStatus now = find(question);
        StrictObject given = StrictObject.of(question.body(), "{\"percentage\":50}", EDITED);
        int percent = given.whole("percentage", 0, 100, -1);
        if (percent < 0) {
            given.wrong("percentage", "missing", "It does not say what is to be changed.", "{\"percentage\":50}");
        }
        given.check();
        expected(question, now.rollout());
        return changed(question, id -> rollouts.raise(id, percent, by(question)));
    }

    /** What becomes of its devices, ordered by id. */
    public Answer updates(Question question) {
        int limit = (int) question.number("limit");
        Cursor cursor = Cursor.of(question, 1);
        Optional<DeviceUpdate.State> state = question.text("state").flatMap(DeviceUpdate.State::ofWord);
        long id = find(question).rollout().id();
        return Page.answer(
                rollouts.updates(id, state, cursor.text(0), limit + 1),
                limit,
                update -> Cursor.after(update.device()),
                RolloutJson::write);
    }

    /** Nobody is offered it any more. */
    public Answer pause(Question question) {
        return changed(
                question,
                id -> rollouts.pause(id, "paused by " + question.principal().name(), by(question)));
    }

    /** It goes on. */
    public Answer resume(Question question) {
        return changed(question, id -> rollouts.resume(id, by(question)));
    }

    /** Its next ring begins, or more of this one. */
    public Answer advance(Question question) {
        StrictObject given = StrictObject.of(question.body(), "{\"percentage\":50}", EDITED);
        int to = given.whole("percentage", 0, 100, -1);
        given.check();
        return changed(
                question, id -> to < 0 ? rollouts.advance(id, by(question)) : rollouts.raise(id, to, by(question)));
    }

    /** Its devices get the last good release back. */
    public Answer rollBack(Question question) {
        return changed(question, id -> rollouts.rollback(id, by(question)));
    }

    /** It ends. */
    public Answer stop(Question question) {
        return changed(question, id -> rollouts.stop(id, by(question)));
    }

    /** The releases of a model side by side. */
    public Answer figures(Question question) {
        List<Figures> figures = rollouts.figures(question.word("model"));
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("model", question.word("model"));
            items(json, figures, RolloutJson::write);
            json.writeEndObject();
        });
    }

    /** What became of a device, newest first. */
    public Answer ofDevice(Question question) {
        List<DeviceUpdate> updates = rollouts.recent(question.word("id"), "", (int) question.number("limit"));
        return Answer.json(json -> {
            json.writeStartObject();
            items(json, updates, RolloutJson::write);
            json.writeEndObject();
        });
    }

    private static <T> void items(JsonGenerator json, List<T> all, Page.Item<T> item) throws IOException {
        json.writeArrayFieldStart("items");
        for (T one : all) {
            item.write(json, one);
        }
        json.writeEndArray();
    }

    private Answer changed(Question question, LongFunction<Rollout> change) {
        long id = find(question).rollout().id();
        Rollout now = asked(() -> change.apply(id));
        return answer(200, find(now.id()), question);
    }

    /** What it says of itself is the tag's first half, which {@code If-Match} compares; how far it is is the other. */
    private static Answer answer(int status, RolloutStatus rollout, Question question) {
        Answer answer = Answer.json(status, json -> RolloutJson.write(json, rollout));
        String tag = '"' + RolloutJson.version(rollout.rollout()) + "."
                + Integer.toHexString(
                        rollout.counts().hashCode() ^ rollout.failed().hashCode()) + '"';
        return question.operation().equals("show-rollout") ? answer.tagged(question, tag) : answer.with("ETag", tag);
    }

    private RolloutStatus find(Question question) {
        String named = decoded(question.word("id"));
        Optional<RolloutStatus> found =
                named.matches("\\d{1,18}") ? rollouts.find(Long.parseLong(named)) : Optional.empty();
        return found.or(() -> rollouts.find(named)).orElseThrow(() -> Problem.notFound("rollout", named));
    }

    /** A name may have spaces, which stand in a path as {@code %20}. */
    private static String decoded(String named) {
        try {
            return URLDecoder.decode(named.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("rollout", named);
        }
    }

    private RolloutStatus find(long id) {
        return rollouts.find(id).orElseThrow(() -> Problem.notFound("rollout", Long.toString(id)));
    }

    private static Rollouts.Asker by(Question question) {
        return new Rollouts.Asker(question.principal().name(), question.operation());
    }

    private static void expected(Question question, Rollout now) {
        Optional<String> tag = question.expectedVersion("`ETag` of GET");
        if (tag.isEmpty()) {
            return;
        }
        String seen = tag.get().replaceFirst("\\..*", "");
        if (!seen.equals(RolloutJson.version(now))) {
            throw new Problem(
                    ProblemCode.VERSION_CHANGED,
                    "The rollout changed meanwhile: it is " + now.state().word() + " at " + now.percent()
                            + " percent. Look at it, and send the change again with its `ETag`.",
                    Map.of(),
                    json -> json.writeStringField("current_version", RolloutJson.version(now)));
        }
    }

    private static <T> T asked(Supplier<T> change) {
        try {
            return change.get();
        } catch (RolloutRefused e) {
            String message = String.valueOf(e.getMessage());
            throw switch (e.why()) {
                case INVALID -> Problem.parameters(List.of(new Fault("", "not_allowed", message, "")));
                case NO_RELEASE, NO_ROLLOUT -> Problem.of(ProblemCode.NOT_FOUND, message);
                case NAME_TAKEN -> Problem.of(ProblemCode.CONFLICT, message);
                case NOT_NOW, NOTHING_TO_RETURN -> Problem.of(ProblemCode.NOT_NOW, message);
            };
        }
    }
}
