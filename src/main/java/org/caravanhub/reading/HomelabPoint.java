package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the homelab's flow made of a message on {@code iot/{site}/{gateway}/{location}/{device}/{measurement}} and kept: whose reading it is
 * and what its metric is called are as for the message, so that both are one reading.
 *
 * @param value a JSON number, with the digits that were kept
 */
public record HomelabPoint(
        String site, String gateway, String location, String device, String measurement, String unit, String value) {

    private static final int MAC_CHARS = 17;

    /**
     * The reading.
     *
     * @param time when it was measured, UTC milliseconds
     * @throws NotAReading if it cannot be one
     */
    public Reading reading(PastReading past, long time) {
        String name = metric();
        byte[] metrics = ("{\"" + name + "\":" + value + "}").getBytes(StandardCharsets.UTF_8);
        Reading reading = past.of(source(), time, time, metrics);
        boolean isNumber = value.charAt(0) == '-' || Character.isDigit(value.charAt(0));
        return isNumber && IotRange.excludes(name, value) ? reading.with(Flag.OUT_OF_RANGE) : reading;
    }

    private String metric() {
        try {
            return MetricName.of(measurement, unit);
        } catch (Flaw flaw) {
            throw new NotAReading(flaw.at(), flaw.detail());
        }
    }

    /** A hardware address with colons is an id without them. */
    private Source source() {
        boolean isMac =
                device.length() == MAC_CHARS && device.toLowerCase(Locale.ROOT).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
        String id = isMac ? device.replace(":", "") : device;
        return new Source(id, "iot", site, gateway, measurement, location, isMac ? device : "");
    }
}
