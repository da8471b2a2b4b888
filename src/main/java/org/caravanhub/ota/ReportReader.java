package org.caravanhub.ota;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import org.caravanhub.command.Wording;
import org.caravanhub.message.Message;
import org.caravanhub.ota.UpdateReport.Stage;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.Quoted;

/** Understands what a device says of its update on {@code …/ota/status}, {@code …/ota/progress} and {@code …/ota/result}. */
public final class ReportReader {
    private static final int LONGEST_VERSION = 64;
    private static final int LONGEST_MESSAGE = 500;

    private ReportReader() {}

    /**
     * What it says. A version that is not told is empty.
     *
     * @throws IllegalArgumentException if it is not one of these, with the reason
     */
    public static UpdateReport read(Message message) {
        String[] levels = message.topic().split("/", -1);
        String device = levels.length < 4 ? "" : levels[levels.length - 3];
        if (!DeviceId.isValid(device)) {
            throw new IllegalArgumentException(
                    "the topic names the device before /ota, and " + Quoted.of(device) + " is none: " + DeviceId.RULE);
        }
        JsonNode said = object(message);
        String version = first(text(said, "target_version"), text(said, "version"));
        if (version.length() > LONGEST_VERSION) {
            throw new IllegalArgumentException("a version has at most " + LONGEST_VERSION + " characters");
        }
        return new UpdateReport(
                device,
                version,
                switch (levels[levels.length - 1]) {
                    case "status" -> status(said);
                    case "progress" -> progress(said);
                    default -> result(said);
                },
                percent(said.path("percent")),
                cut(first(text(said, "message"), text(said, "error"))),
                message.receivedAt());
    }

    /** That it begins, whatever word it has for that. */
    private static Stage status(JsonNode said) {
        return switch (first(text(said, "state"), text(said, "status")).toLowerCase(Locale.ROOT)) {
            case "downloading" -> Stage.DOWNLOADING;
            case "downloaded", "verifying" -> Stage.DOWNLOADED;
            case "installing" -> Stage.INSTALLING;
            case "success" -> Stage.SUCCESS;
            case "failed" -> Stage.FAILED;
            case "rolled_back" -> Stage.ROLLED_BACK;
            default -> Stage.PENDING;
        };
    }

    private static Stage progress(JsonNode said) {
        return switch (text(said, "state").toLowerCase(Locale.ROOT)) {
            case "installing" -> Stage.INSTALLING;
            case "verifying" -> Stage.DOWNLOADED;
            default -> Stage.DOWNLOADING;
        };
    }

    /** The text "false" is no success, and silence is neither. */
    private static Stage result(JsonNode said) {
        JsonNode success = said.path("success");
        String word = success.asText().toLowerCase(Locale.ROOT);
        if (word.equals("true") || word.equals("1")) {
            return Stage.SUCCESS;
        }
        if (word.equals("false") || word.equals("0")) {
            return text(said, "state").equalsIgnoreCase("rolled_back") ? Stage.ROLLED_BACK : Stage.FAILED;
        }
        throw new IllegalArgumentException("a result says whether it was a success: {\"success\":true}");
    }

    /** Bounded and rounded; empty if there is none. */
    private static OptionalInt percent(JsonNode value) {
        double percent = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (value.isTextual()) {
            try {
                percent = Double.parseDouble(value.textValue());
            } catch (NumberFormatException e) {
                return OptionalInt.empty();
            }
        }
        return Double.isNaN(percent)
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.round(Math.max(0, Math.min(100, percent))));
    }

    private static JsonNode object(Message message) {
        try {
            JsonNode node = message.isTruncated() ? null : Wording.read(message.payload());
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "what a device says of its update is a JSON object: {\"state\":\"downloading\",\"percent\":40}");
    }

    private static String text(JsonNode said, String name) {
        JsonNode value = said.path(name);
        return value.isTextual() ? value.textValue().strip() : "";
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    private static String cut(String text) {
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE - 1) + "…" : text;
    }
}
