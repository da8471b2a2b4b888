package org.caravanhub.api;

import java.util.List;
import org.caravanhub.alert.Deliveries;
import org.caravanhub.alert.Trials;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.notice.Channel;
import org.caravanhub.text.Hidden;
import org.caravanhub.text.Quoted;

/** {@code test-alerts}: whether the owner would be told. */
public final class AlertTestApi {
    private final Trials trials;
    private final Deliveries deliveries;

    /** Tries these; what waits for one that works is sent. */
    public AlertTestApi(Trials trials, Deliveries deliveries) {
        this.trials = trials;
        this.deliveries = deliveries;
    }

    /** Sends a test message, and tells what came of it. */
    public Answer test(Question question) throws InterruptedException {
        String channel = question.text("channel").orElse("");
        if (!channel.isEmpty() && !trials.names().contains(channel)) {
            throw Problem.of(
                    ProblemCode.NOT_FOUND,
                    "The channel " + Quoted.of(channel) + " is not set up; there are: "
                            + String.join(", ", trials.names())
                            + ". Each has settings of its own: docs/how-to/be-told.md");
        }
        List<Trials.Result> results = trials.of(channel);
        for (Trials.Result result : results) {
            if (result.answer().result() == Channel.Result.DELIVERED) {
                deliveries.hurry(result.channel());
            }
        }
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (Trials.Result result : results) {
                json.writeStartObject();
                json.writeStringField("channel", result.channel());
                json.writeBooleanField("delivered", result.answer().result() == Channel.Result.DELIVERED);
                json.writeStringField("reason", Hidden.in(result.answer().reason()));
                json.writeNumberField("took_ms", result.took().toMillis());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
