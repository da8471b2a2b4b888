package org.caravanhub.ota;

import java.time.Instant;
import java.util.Set;

/**
 * A device asks whether there is firmware for it. What it did not say is empty.
 *
 * @param device its id
 * @param model what kind of device it says it is; what the registry says counts more
 * @param version what it runs
 * @param mac its address, 12 hexadecimal digits in capitals
 * @param digests of the image that it runs, hexadecimal in small letters: MD5 or SHA-256 of the file, or the digest at its end
 * @param at when
 */
public record Inquiry(String device, String model, String version, String mac, Set<String> digests, Instant at) {}
