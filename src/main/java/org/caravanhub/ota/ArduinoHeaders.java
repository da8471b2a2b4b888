package org.caravanhub.ota;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the update libraries of Arduino tell of a device: headers that begin with {@code x-ESP8266-} or {@code x-ESP32-}, in any case. A text
 * that was not sent is empty.
 *
 * @param chip {@code esp8266} or {@code esp32}
 * @param mac its address, 12 hexadecimal digits in capitals
 * @param mode what is asked for: {@code sketch}, {@code version}, {@code spiffs}, {@code littlefs}...
 * @param version what it runs, if its program tells that
 * @param freeSpace bytes that a new image may have
 * @param digests of the image that it runs
 */
public record ArduinoHeaders(
        String chip, String mac, String mode, String version, OptionalLong freeSpace, Set<String> digests) {
    /** The first of the headers' names. */
    private static final Set<String> CHIPS = Set.of("esp8266", "esp32");

    private static final Pattern MAC = Pattern.compile("[0-9A-F]{12}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}|[0-9a-f]{64}");
    private static final Pattern BYTES = Pattern.compile("\\d{1,12}");
    /** What a sketch that cannot tell sends. */
    private static final Pattern NOTHING = Pattern.compile("0+");

    /**
     * Reads them; nothing if an address is missing, which every one of these libraries sends.
     *
     * @param header the value of a header, null if it was not sent
     */
    public static Optional<ArduinoHeaders> of(UnaryOperator<@Nullable String> header) {
        return CHIPS.stream()
                .map(chip -> read(chip, name -> {
                    String value = header.apply("x-" + chip + "-" + name);
                    return value == null ? "" : value.strip();
                }))
                .filter(read -> !read.mac().isEmpty())
                .findFirst();
    }

    private static ArduinoHeaders read(String chip, UnaryOperator<String> header) {
        String mac = Stream.of("sta-mac", "base-mac")
                .map(name -> header.apply(name).toUpperCase(Locale.ROOT).replaceAll("[:-]", ""))
                .filter(text -> MAC.matcher(text).matches())
                .findFirst()
                .orElse("");
        String mode = header.apply("mode").toLowerCase(Locale.ROOT);
        String free = header.apply("free-space");
        return new ArduinoHeaders(
                chip,
                mac,
                mode.isEmpty() ? "sketch" : mode,
                header.apply("version"),
                BYTES.matcher(free).matches() ? OptionalLong.of(Long.parseLong(free)) : OptionalLong.empty(),
                Stream.of("sketch-md5", "sketch-sha256")
                        .map(name -> header.apply(name).toLowerCase(Locale.ROOT))
                        .filter(text -> DIGEST.matcher(text).matches()
                                && !NOTHING.matcher(text).matches())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The question that they are. */
    public Inquiry inquiry(String device, String model, Instant at) {
        return new Inquiry(device, model, version, mac, digests, at);
    }

    /** Whether it runs this already. What was flashed from a compressed image has other digests than the image. */
    public boolean runs(Release release) {
        Artifact artifact = release.artifact();
        return !artifact.kind().equals("gzip")
                && Stream.of(artifact.md5(), artifact.sha256(), artifact.appendedSha256())
                        .anyMatch(digests::contains);
    }

    /** Why it cannot take this image, a sentence; empty if it can. */
    public Optional<String> obstacle(Release release) {
        Artifact artifact = release.artifact();
        String name = release.model() + " " + release.version();
        if (freeSpace.isPresent() && artifact.size() > freeSpace.getAsLong()) {
            return Optional.of(name + " has " + artifact.size() + " bytes, and the device has room for "
                    + freeSpace.getAsLong() + ".");
        }
        boolean isOther =
                switch (artifact.kind()) {
                    case "gzip", "esp8266" -> !chip.equals("esp8266");
                    case "esp32" -> !chip.equals("esp32");
                    default -> false;
                };
        return isOther
                ? Optional.of(name + " is of the kind " + artifact.kind() + ", which an " + chip + " does not take.")
                : Optional.empty();
    }
}
