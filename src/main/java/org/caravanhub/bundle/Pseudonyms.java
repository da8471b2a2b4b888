package org.caravanhub.bundle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Other names for devices and the machine: the same in each bundle of a hub, so that two can be compared, and guessed by nobody who does not
 * have the key.
 */
public final class Pseudonyms implements UnaryOperator<String> {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Pattern all;

    /**
     * Names for these.
     *
     * @param key that only this hub has
     * @param host of the machine; empty for none
     */
    public Pseudonyms(String key, Collection<String> devices, String host) {
        devices.forEach(device -> names.put(device, "device-" + hash(key, device)));
        if (!host.isEmpty()) {
            names.put(host, "host-" + hash(key, host));
        }
        all = names.isEmpty()
                ? Pattern.compile("(?!)")
                : Pattern.compile(names.keySet().stream()
                        .sorted(java.util.Comparator.comparingInt(String::length)
                                .reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", "(?<![A-Za-z0-9])(?:", ")(?![A-Za-z0-9])")));
    }

    @Override
    public String apply(String text) {
        return all.matcher(text).replaceAll(found -> Matcher.quoteReplacement(names.getOrDefault(found.group(), "")));
    }

    private static String hash(String key, String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)), 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
