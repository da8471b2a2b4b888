package org.caravanhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravanhub.command.Acknowledgement.Outcome;
import org.caravanhub.message.Message;
import org.caravanhub.text.Quoted;

/**
 * Understands what devices say of commands. Forms: {@code docs/reference/commands.md}.
 *
 * <p>On {@code caravan/{device}/cmd/ack} nothing else may come; the other topics are read by their families too, which keep what is said as an
 * event or a status, so that what is no acknowledgement is left to them.
 */
public final class AcknowledgementReader {
    private static final int LONGEST_ANSWER = 4096;
    private static final int LONGEST_MESSAGE = 500;

    private AcknowledgementReader() {}

    /**
     * What a message says of a command; empty if it says nothing of one.
     *
     * @throws IllegalArgumentException if it should and does not, with the reason
     */
    public static Optional<Acknowledgement> read(Message message) {
        String[] levels = message.topic().split("/", -1);
        boolean isOwn = levels[0].equals("caravan");
        Optional<JsonNode> said = object(message);
        if (said.isEmpty()) {
            if (isOwn) {
                throw new IllegalArgumentException(
                        "an acknowledgement is a JSON object: {\"id\":\"...\",\"state\":\"done\"}");
            }
            return Optional.empty();
        }
        boolean isHomelab = levels[0].equals("iot");
        String device = device(levels);
        String reference = text(said.get(), isHomelab ? "request_id" : "id");
        Optional<Outcome> outcome = isHomelab ? homelab(said.get()) : outcome(said.get());
        if (reference.isEmpty() || outcome.isEmpty()) {
            if (isOwn) {
                throw new IllegalArgumentException(
                        reference.isEmpty()
                                ? "an acknowledgement says which command it is of: \"id\""
                                : "the state of an acknowledgement is received, done or failed, and not "
                                        + Quoted.of(text(said.get(), "state")));
            }
            return Optional.empty();
        }
        JsonNode sequence = said.get().get("seq");
        String words = text(said.get(), "message");
        return Optional.of(new Acknowledgement(
                device,
                reference,
                sequence != null && sequence.isIntegralNumber() && sequence.canConvertToLong()
                        ? OptionalLong.of(sequence.longValue())
                        : OptionalLong.empty(),
                outcome.get(),
                words.length() > LONGEST_MESSAGE ? words.substring(0, LONGEST_MESSAGE - 1) + "…" : words,
                answer(said.get())));
    }

    /** The last level but those that say what it is; {@code iot/site/gw/commands/response} is the gateway's own. */
    private static String device(String[] levels) {
        return switch (levels[0]) {
            case "iot" -> levels[levels.length - 3];
            default -> levels.length > 1 ? levels[1] : "";
        };
    }

    private static Optional<Outcome> outcome(JsonNode said) {
        JsonNode ok = said.get("ok");
        if (ok != null && ok.isBoolean()) {
            return Optional.of(ok.booleanValue() ? Outcome.DONE : Outcome.FAILED);
        }
        return switch (text(said, "state")) {
            case "received" -> Optional.of(Outcome.RECEIVED);
            case "done" -> Optional.of(Outcome.DONE);
            case "failed" -> Optional.of(Outcome.FAILED);
            default -> Optional.empty();
        };
    }

    private static Optional<Outcome> homelab(JsonNode said) {
        String status = text(said, "status").toLowerCase(Locale.ROOT);
        return switch (status) {
            case "" -> Optional.empty();
            case "success", "ok", "done", "completed" -> Optional.of(Outcome.DONE);
            case "received", "accepted", "pending", "queued" -> Optional.of(Outcome.RECEIVED);
            case "replay", "replayed", "duplicate" -> Optional.of(Outcome.REPEATED);
            default -> Optional.of(Outcome.FAILED);
        };
    }

    private static Optional<JsonNode> object(Message message) {
        if (message.isTruncated()) {
            return Optional.empty();
        }
        try {
            JsonNode node = Wording.JSON.readTree(message.payload());
            return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String answer(JsonNode said) {
        String all = said.toString();
        return all.length() <= LONGEST_ANSWER ? all : "{\"too_long\":" + all.length() + "}";
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value != null && value.isTextual() ? value.textValue() : "";
    }
}
