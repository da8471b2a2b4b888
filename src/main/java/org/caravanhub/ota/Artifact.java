package org.caravanhub.ota;

/**
 * The file of a release, and what is known of it since it was read. A text that the file does not tell is empty.
 *
 * @param size in bytes
 * @param sha256 of the whole file, 64 hexadecimal digits in small letters
 * @param md5 of the whole file, 32 hexadecimal digits in small letters
 * @param kind what it is: {@code esp32}, {@code esp8266}, {@code gzip}, {@code mcuboot}
 * @param chip the chip that it was made for, as ESPHome calls it: {@code ESP32-C3}
 * @param project the project that its builder named
 * @param builtVersion the version that its builder wrote into it; not always the one it is published under
 * @param elfSha256 of the program that it was made from
 * @param appendedSha256 the digest at its end, by which a running sketch names itself
 */
public record Artifact(
        long size,
        String sha256,
        String md5,
        String kind,
        String chip,
        String project,
        String builtVersion,
        String elfSha256,
        String appendedSha256) {}
