package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanhub.audit.Trail;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Question;
import org.caravanhub.quarantine.Groups;
import org.caravanhub.quarantine.Mended;
import org.caravanhub.quarantine.Replay;
import org.caravanhub.quarantine.Trial;
import org.caravanhub.store.QuarantineDiscard;
import org.caravanhub.store.QuarantineQueries;
import org.caravanhub.store.QuarantineQueries.Found;
import org.caravanhub.store.QuarantineSelection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code list-quarantine-groups}, {@code test-quarantine}, {@code replay-quarantine} and {@code discard-quarantine}. The last three do a part
 * at a time, so that devices are never kept waiting, and tell with {@code next_cursor} how to go on.
 */
public final class MendingApi {
    private static final Logger LOG = LoggerFactory.getLogger(MendingApi.class);
    private static final Duration PART = Duration.ofSeconds(10);

    private final QuarantineQueries quarantine;
    private final Groups groups;
    private final Trial trial;
    private final Replay replay;
    private final QuarantineDiscard discard;
    private final Trail audit;

    /** Answers from these. */
    public MendingApi(
            QuarantineQueries quarantine, Trial trial, Replay replay, QuarantineDiscard discard, Trail audit) {
        this.audit = audit;
        this.quarantine = quarantine;
        this.groups = new Groups(quarantine);
        this.trial = trial;
        this.replay = replay;
        this.discard = discard;
    }

    /** What is in quarantine, alike messages together. */
    public Answer groups(Question question) {
        List<Groups.Group> all = groups.of(Selections.of(question));
        int limit = (int) question.number("limit");
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeNumberField("groups", all.size());
            json.writeNumberField(
                    "messages", all.stream().mapToLong(Groups.Group::count).sum());
            json.writeArrayFieldStart("items");
            for (Groups.Group group : all.subList(0, Math.min(limit, all.size()))) {
                write(json, group);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** What would come of the selected messages. */
    public Answer test(Question question) throws InterruptedException {
        return part(question, "tested", (found, after) -> trial.of(found, after, question.text("into"), PART));
    }

    /** Gives the selected messages to their flows again. */
    public Answer replay(Question question) throws InterruptedException {
        return part(question, "replayed", (found, after) -> replay.of(found, after, question.text("into"), PART));
    }

    /** Lets the selected messages go. */
    public Answer discard(Question question) throws InterruptedException {
        boolean isDry = question.word("dry_run").equals("true");
        return part(question, isDry ? "" : "discarded", (found, after) -> {
            long last = found.get(found.size() - 1).about().id();
            long gone = isDry ? 0 : discard.between(Selections.of(question), after, last);
            return new Mended(found.size(), gone, 0, 0, found.size() - gone, 0, 0, last, List.of());
        });
    }

    private interface Work {
        Mended on(List<Found> found, long after) throws InterruptedException;
    }

    /** Some of the selected messages, the oldest first; what comes meanwhile is not selected. */
    private Answer part(Question question, String word, Work work) throws InterruptedException {
        QuarantineSelection selection = Selections.required(question);
        Cursor cursor = Cursor.of(question, 2);
        Optional<QuarantineQueries.Count> count =
                cursor.isPresent() ? Optional.empty() : Optional.of(quarantine.count(selection));
        long after = cursor.isPresent() ? cursor.number(0) : 0;
        long upTo = count.isPresent() ? count.get().upTo() : cursor.number(1);
        List<Found> found = quarantine.selected(selection, after, upTo, (int) question.number("limit"));
        Mended mended = found.isEmpty() ? new Mended(0, 0, 0, 0, 0, 0, 0, upTo, List.of()) : work.on(found, after);
        if (mended.tried() > 0 && !word.isEmpty()) {
            LOG.info(
                    "quarantine={} by={} tried={} passed={} failed={} unable={} gone={} first={} last={}",
                    word,
                    question.principal().name(),
                    mended.tried(),
                    mended.passed(),
                    mended.failed(),
                    mended.unable(),
                    mended.gone(),
                    found.get(0).about().id(),
                    mended.last());
        }
        if (mended.passed() > 0 && (word.equals("replayed") || word.equals("discarded"))) {
            audit.sum(question.principal().name(), question.operation(), "quarantine", "messages", mended.passed());
        }
        boolean isMore = !found.isEmpty() && mended.last() < upTo;
        return Answer.json(json -> {
            json.writeStartObject();
            if (count.isPresent()) {
                json.writeNumberField("selected", count.get().count());
            } else {
                json.writeNullField("selected");
            }
            write(json, mended);
            json.writeStringField("next_cursor", isMore ? Cursor.after(mended.last(), upTo) : null);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Mended mended) throws IOException {
        json.writeNumberField("tried", mended.tried());
        json.writeNumberField("passed", mended.passed());
        json.writeNumberField("failed", mended.failed());
        json.writeNumberField("unable", mended.unable());
        json.writeNumberField("gone", mended.gone());
        json.writeNumberField("stored", mended.stored());
        json.writeNumberField("duplicate", mended.duplicate());
        json.writeArrayFieldStart("reasons");
        for (Mended.Reason reason : mended.reasons()) {
            json.writeStartObject();
            json.writeStringField("reason", reason.text());
            json.writeNumberField("count", reason.count());
            json.writeStringField("example", Long.toString(reason.example()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Groups.Group group) throws IOException {
        json.writeStartObject();
        json.writeStringField("cause", group.cause());
        json.writeStringField("kind", group.kind());
        json.writeStringField("flow", group.flow());
        json.writeStringField("step", group.step());
        json.writeStringField("device", group.device());
        json.writeNumberField("count", group.count());
        json.writeStringField("first_at", Moment.text(group.first()));
        json.writeStringField("last_at", Moment.text(group.last()));
        json.writeStringField("example", Long.toString(group.example()));
        json.writeStringField("reason", group.reason());
        json.writeEndObject();
    }
}
