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

    /** Whose it is. A hardware address with colons is an id without them. */
    public Source source() {
        boolean isMac =
                device.length() == MAC_CHARS && device.toLowerCase(Locale.ROOT).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
        String id = isMac ? device.replace(":", "") : device;
        return new Source(id, "iot", site, gateway, measurement, location, isMac ? device : "");
    }

    /**
     * Its one metric, as JSON.
     *
     * @throws NotAReading if the unit can be no part of a name
     */
    public byte[] metrics() {
        try {
            String name = AlonaUnit.metricName(measurement, unit);
            return ("{\"" + name + "\":" + value + "}").getBytes(StandardCharsets.UTF_8);
        } catch (Flaw flaw) {
            throw new NotAReading(flaw.at(), flaw.detail());
        }
    }
}
