package org.caravanhub.reading;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * Reads readings as the hub itself writes them, one JSON object each: schema {@code Reading} of {@code openapi.yaml}. What was exported
 * comes back with its times, its flags and every digit. Reused from line to line; of one thread.
 */
public final class WrittenReading {
    private static final int MAX_TEXT_CHARS = 256;
    private static final List<String> TEXTS =
            List.of("device", "family", "site", "system", "sensor", "location", "mac");
    private static final List<String> MEMBERS = List.of(
            "device",
            "family",
            "site",
            "system",
            "sensor",
            "location",
            "mac",
            "measured_at",
            "received_at",
            "flags",
            "metrics");
    private static final String EXAMPLE =
            "{\"device\":\"hut\",\"family\":\"caravan\",...,\"measured_at\":\"2026-06-01T12:00:00.000Z\",...,\"metrics\":{...}}";

    private final JsonReader json = new JsonReader();
    private final String[] texts = new String[TEXTS.size()];
    private Source last = Source.of("", "");
    private long measuredAt;
    private long receivedAt;
    private int flags;
    private @Nullable Metrics metrics;

    /**
     * The reading that these bytes are.
     *
     * @throws NotAReading if they are none
     */
    public Reading read(byte[] line, int from, int to) {
        try {
            return tryRead(line, from, to);
        } catch (Flaw flaw) {
            throw new NotAReading(flaw.at(), flaw.detail());
        }
    }

    private Reading tryRead(byte[] line, int from, int to) {
        Arrays.fill(texts, "");
        measuredAt = DeviceTime.NONE;
        receivedAt = DeviceTime.NONE;
        flags = 0;
        metrics = null;
        json.open(line, from, to);
        if (json.peek() != '{') {
            throw json.unexpected(Cause.WRONG_TYPE, json.position(), EXAMPLE);
        }
        json.enterObject();
        while (json.nextMember()) {
            take(MEMBERS.indexOf(json.tokenText("metrics")));
        }
        json.close();
        return reading();
    }

    private void take(int member) {
        if (member < 0) {
            throw unknownMember();
        } else if (member < TEXTS.size()) {
            texts[member] = text(member);
        } else {
            switch (MEMBERS.get(member)) {
                case "measured_at" -> measuredAt = DeviceTime.read(json);
                case "received_at" -> receivedAt = DeviceTime.read(json);
                case "flags" -> readFlags();
                default -> metrics = MetricsReader.readObject(json, "metrics");
            }
        }
    }

    private Flaw unknownMember() {
        String name = json.tokenText("");
        String hint = Nearest.to(name, MEMBERS)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; a reading has " + String.join(", ", MEMBERS));
        return json.flaw(Cause.WRONG_TYPE, json.nameStart(), "there is no member " + Quoted.of(name) + hint);
    }

    private String text(int member) {
        json.peek();
        int at = json.position();
        String text = json.readText(TEXTS.get(member), likely(member));
        if (text.length() > MAX_TEXT_CHARS) {
            throw json.flaw(Cause.TOO_LARGE, at, "a text longer than " + MAX_TEXT_CHARS + " characters");
        }
        if (member == 0 && !DeviceId.isValid(text)) {
            throw json.flaw(Cause.BAD_ID, at, "the device is " + Quoted.of(text) + "; allowed are " + DeviceId.RULE);
        }
        return text;
    }

    private String likely(int member) {
        return switch (member) {
            case 0 -> last.device();
            case 1 -> last.family();
            case 2 -> last.site();
            case 3 -> last.system();
            case 4 -> last.sensor();
            case 5 -> last.location();
            default -> last.mac();
        };
    }

    private void readFlags() {
        if (json.peek() != '[') {
            throw json.unexpected(Cause.WRONG_TYPE, json.position(), "a list of flags such as [\"late\"]");
        }
        json.enterArray();
        while (json.nextElement()) {
            json.peek();
            int at = json.position();
            String word = json.readText("a flag", "");
            flags |= Flag.ofWord(word)
                    .orElseThrow(() -> json.flaw(Cause.WRONG_TYPE, at, "there is no flag " + Quoted.of(word)))
                    .bit();
        }
    }

    private Reading reading() {
        require(!texts[0].isEmpty(), "device");
        require(!texts[1].isEmpty(), "family");
        require(measuredAt != DeviceTime.NONE, "measured_at");
        require(receivedAt != DeviceTime.NONE, "received_at");
        Metrics values = metrics;
        if (values == null) {
            throw missing("metrics");
        }
        Source source = new Source(texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6]);
        // The same object for the same voice, so that what is remembered by it is found soon.
        last = source.equals(last) ? last : source;
        return new Reading(last, Instant.ofEpochMilli(measuredAt), Instant.ofEpochMilli(receivedAt), values, flags);
    }

    private static void require(boolean isThere, String member) {
        if (!isThere) {
            throw missing(member);
        }
    }

    private static Flaw missing(String member) {
        return new Flaw(Cause.MISSING_FIELD, member + " is missing; expected " + EXAMPLE);
    }
}
