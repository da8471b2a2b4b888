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
     * @param version empty if the way does not tell it
     * @param algorithm of the digest, as Java calls it
     * @param digest hexadecimal
     */
    record Found(URI url, String version, String algorithm, String digest) {}

    /** Asks; empty if there is nothing. */
    Optional<Found> ask(FleetDevice device) throws IOException, InterruptedException;

    /** With which headers it fetches. */
    default Map<String, String> headers(FleetDevice device) {
        return Map.of();
    }

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
}
