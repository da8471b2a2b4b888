package org.caravanhub.reading;

import java.time.Instant;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/**
 * Readings that another system kept, held to the rules that its messages would have been held to, and flagged as they would have been. Used
 * again from row to row; of one thread.
 */
public final class PastReading {
    /** 2200-01-01T00:00:00Z, as for devices. */
    private static final long TOO_LATE = 7_258_118_400_000L;

    private static final int MAX_LOCATION_CHARS = 64;

    private final JsonReader json = new JsonReader();

    /**
     * A reading of these parts. Location and mac are cut where those of messages are.
     *
     * @param measuredAt UTC milliseconds
     * @param receivedAt UTC milliseconds
     * @param metrics a JSON object
     * @throws NotAReading if they make none
     */
    public Reading of(Source source, long measuredAt, long receivedAt, byte[] metrics) {
        try {
            if (!DeviceId.isValid(source.device())) {
                throw new Flaw(
                        Cause.BAD_ID, "the device is " + Quoted.of(source.device()) + "; allowed are " + DeviceId.RULE);
            }
            if (measuredAt < 0 || measuredAt >= TOO_LATE) {
                throw new Flaw(Cause.BAD_TIME, "the time " + measuredAt + " ms is not between 1970 and 2200");
            }
            json.open(metrics, 0, metrics.length);
            Metrics checked = MetricsReader.readObject(json, "metrics");
            json.close();
            return new Reading(
                    cut(source),
                    Instant.ofEpochMilli(measuredAt),
                    Instant.ofEpochMilli(receivedAt),
                    checked,
                    DeviceTime.doubts(measuredAt, receivedAt));
        } catch (Flaw flaw) {
            throw new NotAReading(flaw.at(), flaw.reason());
        }
    }

    private static Source cut(Source source) {
        String location = cut(source.location());
        String mac = cut(source.mac());
        return new Source(
                source.device(), source.family(), source.site(), source.system(), source.sensor(), location, mac);
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LOCATION_CHARS) {
            return text;
        }
        boolean halves = Character.isHighSurrogate(text.charAt(MAX_LOCATION_CHARS - 1));
        return text.substring(0, halves ? MAX_LOCATION_CHARS - 1 : MAX_LOCATION_CHARS);
    }
}
