package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.caravanhub.alert.Alert;
import org.caravanhub.alert.AlertBook;
import org.caravanhub.alert.AlertCentre;
import org.caravanhub.alert.ChannelState;
import org.caravanhub.alert.Deliveries;
import org.caravanhub.alert.Mute;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Json;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.notice.Priority;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.Quoted;

/**
 * {@code list-alerts}, {@code show-alert}, {@code acknowledge-alert}, {@code resolve-alert}; {@code list-alert-mutes}, {@code mute-alerts},
 * {@code unmute-alerts}; and {@code list-alert-channels}.
 */
public final class AlertApi {
    private static final Duration LONGEST_MUTE = Duration.ofDays(366);
    private static final int LONGEST_NAME = 64;

    private final AlertCentre centre;
    private final AlertBook book;
    private final Deliveries deliveries;
    private final Clock clock;

    /** Answers from these. */
    public AlertApi(AlertCentre centre, AlertBook book, Deliveries deliveries, Clock clock) {
        this.centre = centre;
        this.book = book;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** A page, newest first. */
    public Answer list(Question question) {
        int limit = (int) question.number("limit");
        Cursor cursor = Cursor.of(question, 1);
        String state = question.word("state");
        AlertBook.Filter filter = new AlertBook.Filter(
                state.equals("all") ? "" : state,
                question.text("device").orElse(""),
                question.text("severity").map(Priority::of));
        List<Alert> page = book.page(filter, cursor.isPresent() ? cursor.number(0) : Long.MAX_VALUE, limit + 1);
        // What was counted since it was written last.
        Map<Long, Alert> now = centre.open().stream()
                .filter(alert -> alert.id() != 0)
                .collect(Collectors.toMap(Alert::id, Function.identity()));
        List<Alert> rows =
                page.stream().map(alert -> now.getOrDefault(alert.id(), alert)).toList();
        return Page.answer(
                rows,
                limit,
                alert -> Cursor.after(alert.id()),
                (json, alert) -> AlertJson.write(json, alert, isMuted(alert)));
    }

    /** One. */
    public Answer show(Question question) {
        Alert alert = find(question.number("id"));
        return answer(alert);
    }

    /** Somebody knows of it. */
    public Answer acknowledge(Question question) {
        return change(question, "acknowledge-alert", centre::acknowledge);
    }

    /** Somebody says that it is over. */
    public Answer resolve(Question question) {
        return change(question, "resolve-alert", centre::resolve);
    }

    /** What is not told at the moment. */
    public Answer mutes() {
        return all(centre.mutes(), AlertJson::write);
    }

    /** Does not tell something for a while. */
    public Answer mute(Question question) {
        JsonBody body = JsonBody.of(question.body(), List.of("name", "device", "for", "until"));
        String name = body.text("name", LONGEST_NAME);
        String device = body.text("device", LONGEST_NAME);
        String length = body.text("for", 10);
        String moment = body.text("until", 40);
        body.check();
        if (name.isEmpty() && device.isEmpty()) {
            throw wrong("name", "Say what is not to be told: a name, a device, or both.", "frost");
        }
        if (!device.isEmpty() && !DeviceId.isValid(device)) {
            throw wrong("device", "That is no device id: " + DeviceId.RULE, "hut");
        }
        Mute mute = new Mute(
                name, device, until(length, moment), question.principal().name());
        centre.mute(
                mute,
                audit(
                        question,
                        "mute-alerts",
                        subject(name, device),
                        "until",
                        mute.until().toString()));
        return Answer.json(json -> AlertJson.write(json, mute));
    }

    /** Tells it again. */
    public Answer unmute(Question question) {
        String name = question.text("name").orElse("");
        String device = question.text("device").orElse("");
        Optional<Mute> muted = centre.mutes().stream()
                .filter(mute -> mute.name().equals(name) && mute.device().equals(device))
                .findFirst();
        Mute mute = muted.orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND, notMuted(name, device)));
        centre.mute(
                new Mute(name, device, Instant.EPOCH, mute.by()),
                audit(
                        question,
                        "unmute-alerts",
                        subject(name, device),
                        "until",
                        mute.until().toString()));
        return Answer.json(json -> AlertJson.write(json, mute));
    }

    /** By which channels alerts leave, and how it goes. */
    public Answer channels() {
        List<ChannelState> states = deliveries.states();
        return all(states, AlertJson::write);
    }

    private interface Change {
        Optional<Alert> on(long id, AuditEntry audit);
    }

    private Answer change(Question question, String action, Change change) {
        long id = question.number("id");
        Alert before = find(id);
        AuditEntry audit = audit(question, action, "alert/" + id, "title", before.title());
        Alert after = change.on(id, audit)
                .orElseThrow(() -> Problem.of(
                        ProblemCode.CONFLICT,
                        "The alert " + id + " is over: "
                                + find(id).end().map(Alert.End::why).orElse("")
                                + ". If it comes back, it is a new one."));
        return answer(after);
    }

    private Answer answer(Alert alert) {
        return Answer.json(json -> AlertJson.write(json, alert, isMuted(alert)));
    }

    private boolean isMuted(Alert alert) {
        return alert.state() != Alert.State.RESOLVED && centre.isMuted(alert.about());
    }

    private Alert find(long id) {
        return centre.open().stream()
                .filter(alert -> alert.id() == id)
                .findFirst()
                .or(() -> book.find(id))
                .orElseThrow(() -> Problem.notFound("alert", Long.toString(id)));
    }

    private Instant until(String length, String moment) {
        if (length.isEmpty() == moment.isEmpty()) {
            throw wrong("for", "Say for how long it is not to be told, or until when; one of both.", "8h");
        }
        Instant now = clock.instant();
        Instant until;
        try {
            until = moment.isEmpty() ? now.plus(AccessApi.duration("for", length)) : Instant.parse(moment);
        } catch (DateTimeParseException e) {
            throw wrong("until", "That is no moment.", "2026-06-01T12:00:00Z");
        }
        if (!until.isAfter(now) || Duration.between(now, until).compareTo(LONGEST_MUTE) > 0) {
            throw wrong(
                    moment.isEmpty() ? "for" : "until",
                    "It must lie ahead, and at most a year; a rule that is never to"
                            + " tell anything can be paused: caravan flow pause",
                    "8h");
        }
        return until;
    }

    private static Problem wrong(String member, String text, String example) {
        return Problem.parameters(List.of(new Fault(member, "not_allowed", text, example)));
    }

    private static String notMuted(String name, String device) {
        String named = name.isEmpty() ? "" : " the name " + Quoted.of(name);
        String whose = device.isEmpty() ? "" : " the device " + Quoted.of(device);
        return named.isEmpty() || whose.isEmpty()
                ? "There is no mute of" + (named + whose).replaceFirst("^$", " nothing") + " alone."
                : "There is no mute of" + named + " and" + whose + " together.";
    }

    private static String subject(String name, String device) {
        return "alert-mute/" + (name.isEmpty() ? "*" : name) + "/" + (device.isEmpty() ? "*" : device);
    }

    private AuditEntry audit(Question question, String action, String subject, String field, String value) {
        byte[] details = Json.of(json -> {
            json.writeStartObject();
            json.writeStringField(field, value);
            json.writeEndObject();
        });
        return new AuditEntry(
                clock.instant(),
                question.principal().name(),
                action,
                subject,
                new String(details, java.nio.charset.StandardCharsets.UTF_8));
    }

    private static <T> Answer all(List<T> rows, Page.Item<T> item) {
        return Page.answer(rows, Math.max(1, rows.size()), row -> "", item);
    }
}
