package org.caravanhub.ota;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** By which way a device of the fleet asks for firmware, fetches it, and tells how it goes. Used by the one thread that the device lives on. */
interface FleetDoor {
    /**
     * What a device was offered.
     *
     * @param algorithm of the digest, as Java calls it
     * @param digest hexadecimal
     * @param image its bytes, if the answer was the image itself; otherwise empty, and it is fetched
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Found(URI url, String version, String algorithm, String digest, byte[] image) {
        Found(URI url, String version, String algorithm, String digest) {
            this(url, version, algorithm, digest, new byte[0]);
        }
    }

    /** Asks; empty if there is nothing. */
    Optional<Found> ask(FleetDevice device) throws IOException, InterruptedException;

    /** Tells how it goes: {@code downloading}, {@code installing}, {@code failed}, {@code success}. */
    default void tell(FleetDevice device, Found found, String stage, int percent, String message)
            throws IOException, InterruptedException {}

    /** The topic and payload by which it says that it is well. */
    default Map<String, String> says(FleetDevice device) {
        return Map.of(
                "caravan/" + device.id() + "/status",
                "{\"state\":\"online\",\"uptime_s\":" + device.uptimeSeconds() + ",\"firmware\":\"" + device.version()
                        + "\"}",
                "caravan/" + device.id() + "/telemetry",
                "{\"temperature_c\":21.5,\"battery_percent\":80}");
    }

    /** What the broker publishes for it when it is gone. */
    default Map<String, String> lastWill(FleetDevice device) {
        return Map.of("caravan/" + device.id() + "/status", "{\"state\":\"offline\"}");
    }
}
