package org.caravanhub.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the owner knows of a device, beside what it says. A text that is not known is empty.
 *
 * @param device its id, see {@link org.caravanhub.reading.DeviceId}
 * @param topics which topics are its own
 * @param model what kind of device it is
 * @param name for people
 * @param group devices that are alike; a rollout may name it
 * @param tags further words, in order, each once
 * @param location where it is
 * @param notes whatever else
 * @param interval how often it speaks, if the owner says so; learned otherwise
 * @param isDisabled whether nothing is taken from it
 * @param createdAt when it became known
 * @param changedAt when any of this changed last
 */
public record Registration(
        String device,
        Topics topics,
        String model,
        String name,
        String group,
        List<String> tags,
        String location,
        String notes,
        Optional<Duration> interval,
        boolean isDisabled,
        Instant createdAt,
        Instant changedAt) {

    /**
     * Which topics of a family are a device's own. Families without sites leave them empty.
     *
     * @param family {@code caravan}, {@code paku}, {@code alona}, {@code iot}, {@code esphome}, {@code ruuvi}, {@code ecoflow}, {@code http}
     * @param site {@code paku} of {@code paku/heater/emu01/data}, {@code cottage} of {@code iot/cottage/gw-01/...}
     * @param system {@code heater} of {@code paku/heater/emu01/data}; the gateway of a homelab sensor
     */
    public record Topics(String family, String site, String system) {}

    /** Differs from what it was before each change: what {@code If-Match} names. 16 letters and digits. */
    public String version() {
        // As it is kept: to the millisecond.
        Registration kept = new Registration(
                device,
                topics,
                model,
                name,
                group,
                tags,
                location,
                notes,
                interval,
                isDisabled,
                createdAt.truncatedTo(ChronoUnit.MILLIS),
                changedAt.truncatedTo(ChronoUnit.MILLIS));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(kept.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
