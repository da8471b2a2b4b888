package org.caravanhub.ota.image;

import java.util.List;

/**
 * A whole image that a device can be given. A text that it does not tell is empty.
 *
 * @param kind its family
 * @param chip the chip that it was made for, as ESPHome calls it: {@code ESP32-C3}, {@code ESP8266}; empty for MCUboot
 * @param project the project that its builder named
 * @param version what its builder wrote, at most 31 characters; a hint, see {@link #isPrebuilt}
 * @param elfSha256 of the program that it was made from, hexadecimal
 * @param appendedSha256 the digest at its end, hexadecimal, by which a running Arduino sketch names itself
 * @param idfVersion the ESP-IDF that it was built with
 * @param secureVersion what anti-rollback compares; 0 where nobody uses it
 * @param secureBoot {@code v1} or {@code v2} if a signature for the chip's own check follows
 * @param size of the file in bytes
 * @param remarks sentences about it that whoever uploads it should read; mostly none
 */
public record Image(
        Kind kind,
        String chip,
        String project,
        String version,
        String elfSha256,
        String appendedSha256,
        String idfVersion,
        long secureVersion,
        String secureBoot,
        long size,
        List<String> remarks)
        implements Finding {

    /** What the Arduino core's own prebuilt parts are called. */
    static final String ARDUINO = "arduino-lib-builder";

    static Image plain(Kind kind, String chip, String version, long size, List<String> remarks) {
        return new Image(kind, chip, "", version, "", "", "", 0, "", size, remarks);
    }

    /** Whether project and version are those of the Arduino core's prebuilt parts, and say nothing of this program. */
    public boolean isPrebuilt() {
        return project.equals(ARDUINO);
    }
}
