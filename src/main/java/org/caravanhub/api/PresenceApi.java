package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.caravanhub.device.PresenceChange;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Json;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;
import org.caravanhub.presence.OnlineShare;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.presence.Standing;
import org.caravanhub.store.PresenceBook;

/** {@code show-device-presence}, and what the stream of events tells of it. */
public final class PresenceApi {
    private final PresenceWatch watch;
    private final PresenceBook book;
    private final Clock clock;

    /** Answers from these. */
    public PresenceApi(PresenceWatch watch, PresenceBook book, Clock clock) {
        this.watch = watch;
        this.book = book;
        this.clock = clock;
    }

    /** How a device is, why, how that changed, and for which share of the last day and week it was online. */
    public Answer show(Question question) {
        String id = question.word("id");
        Standing now = watch.standing(id).orElseThrow(() -> Problem.notFound("device", id));
        List<PresenceChange> changes = book.changes(id);
        Instant at = clock.instant();
        Json.Body body = json -> {
            json.writeStartObject();
            writeNow(json, now);
            if (now.heardAt().isPresent()) {
                json.writeStringField("heard_at", Moment.text(now.heardAt().get()));
            } else {
                json.writeNullField("heard_at");
            }
            json.writeNumberField("interval_ms", now.usual().toMillis());
            json.writeStringField("interval_from", now.usualFrom().word());
            json.writeBooleanField("asleep", now.isAsleep());
            json.writeBooleanField("flapping", now.isFlapping());
            json.writeNumberField("lost_last_hour", now.lostLastHour());
            writeShare(json, "online_24h", OnlineShare.of(changes, now, Duration.ofHours(24), at));
            writeShare(json, "online_7d", OnlineShare.of(changes, now, Duration.ofDays(7), at));
            json.writeArrayFieldStart("changes");
            for (PresenceChange change : changes) {
                json.writeStartObject();
                json.writeStringField("state", change.state().word());
                json.writeStringField("reason", change.reason());
                json.writeStringField("at", Moment.text(change.at()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        };
        return Answer.json(body);
    }

    /** What is told of a change: {@code {"device":..., "state":..., "reason":..., "since":...}}. */
    public static byte[] event(Standing now) {
        return Json.of(json -> {
            json.writeStartObject();
            writeNow(json, now);
            json.writeEndObject();
        });
    }

    private static void writeNow(JsonGenerator json, Standing now) throws IOException {
        json.writeStringField("device", now.device());
        json.writeStringField("state", now.state().word());
        json.writeStringField("reason", now.reason());
        json.writeStringField("since", Moment.text(now.since()));
    }

    private static void writeShare(JsonGenerator json, String name, OptionalDouble share) throws IOException {
        if (share.isPresent()) {
            json.writeNumberField(name, Math.round(share.getAsDouble() * 10_000) / 10_000.0);
        } else {
            json.writeNullField(name);
        }
    }
}
