package org.caravanhub.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be written as a value.
 *
 * @param form what is expected, for a person: {@code a port, 0 to 65535}
 * @param reader from what was written to the one form that programs read; throws IllegalArgumentException for anything else
 */
public record Kind(String form, UnaryOperator<String> reader) {
    static final Kind TEXT = new Kind("text", UnaryOperator.identity());
    static final Kind SECRET = new Kind("text that is never shown", UnaryOperator.identity());
    static final Kind PATH = new Kind("a path", text -> Path.of(text).toString());
    static final Kind HOST = new Kind("a host name or address", Kind::host);
    static final Kind PORT = new Kind("a port, 0 to 65535", text -> whole(text, 0, 65535));
    /** Devices are given the number once and for all, so it cannot be "any free one". */
    static final Kind DEVICE_PORT = new Kind("a port, 1 to 65535", text -> whole(text, 1, 65535));

    static final Kind COUNT = new Kind("a whole number from 1", text -> whole(text, 1, Long.MAX_VALUE));
    static final Kind PERCENT = new Kind("percent, 0 to 100", text -> whole(text, 0, 100));
    static final Kind BYTES = new Kind("bytes: 33554432, 32MB, 4GB", Kind::bytes);
    static final Kind DURATION = new Kind("a time: 0ms, 200ms, 5s, 2m, 1h, 7d", Kind::millis);
    static final Kind BROKER_URL = new Kind(
            "tcp://host:port or ssl://host:port; name and password are caravan.mqtt.user and caravan.mqtt.password",
            Kind::brokerUrl);

    static final Kind SEVERITY = choice("low", "normal", "high", "urgent");

    static final Kind WEB_ADDRESS = new Kind("http://host/path or https://host/path, never shown", Kind::webAddress);

    static final Kind ECOFLOW_HOST =
            new Kind("eu, us, global, one of EcoFlow's hosts, or http://127.0.0.1:port for a test", Kind::ecoflowHost);

    /** Whether the address is one is seen by who uses it; here only what it must not be. */
    static final Kind SECOND_PLACE = new Kind(
            "a folder, or sftp://user@host:port/path without a password (it would be readable here and in logs): the hub logs in by a key, see `caravan backup key --sftp`",
            Kind::secondPlace);

    static final Kind BACKUP_RECIPIENT = new Kind("age1 and 58 letters and digits", Kind::recipient);

    private static final Pattern RECIPIENT = Pattern.compile("age1[02-9ac-hj-np-z]{58}");

    private static final Pattern SFTP = Pattern.compile(
            "sftp://[A-Za-z_][A-Za-z0-9._-]{0,63}@"
                    + "([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9a-fA-F:.]{2,45}\\])(:[0-9]{1,5})?(/[A-Za-z0-9._~/+=@,-]{0,400})?");

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18}) ?([A-Za-z]*)");

    static Kind choice(String... words) {
        List<String> allowed = List.of(words);
        return new Kind("one of " + String.join(", ", allowed), text -> {
            if (!allowed.contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    private static String secondPlace(String text) {
        if (!text.contains("://")) {
            return Path.of(text).toString();
        }
        if (!SFTP.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static String recipient(String text) {
        if (!text.isEmpty() && !RECIPIENT.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static String whole(String text, long least, long most) {
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException(text);
        }
        return Long.toString(number);
    }

    private static String host(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == '/')) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static String bytes(String text) {
        return scaled(text, unit -> switch (unit) {
            case "", "b" -> 1L;
            case "kb", "kib" -> 1L << 10;
            case "mb", "mib" -> 1L << 20;
            case "gb", "gib" -> 1L << 30;
            default -> throw new IllegalArgumentException(unit);
        });
    }

    /** Milliseconds, which is what flows and programs take. */
    private static String millis(String text) {
        return scaled(text, unit -> switch (unit) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            case "d" -> 86_400_000L;
            default -> throw new IllegalArgumentException(unit);
        });
    }

    private static String scaled(String text, ToLongFunction<String> factor) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        long unit = factor.applyAsLong(matcher.group(2).toLowerCase(Locale.ROOT));
        try {
            return Long.toString(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Whether its values are never shown. */
    boolean isSecret() {
        return equals(SECRET) || equals(WEB_ADDRESS);
    }

    private static String webAddress(String text) {
        if (text.isEmpty()) {
            return text;
        }
        URI url = URI.create(text);
        boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!isWeb || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    /** The keys are not sent to any other host. */
    private static String ecoflowHost(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "eu", "api-e.ecoflow.com" -> "https://api-e.ecoflow.com";
            case "us", "api-a.ecoflow.com" -> "https://api-a.ecoflow.com";
            case "global", "api.ecoflow.com" -> "https://api.ecoflow.com";
            default -> {
                if (!text.matches("https?://(127\\.0\\.0\\.1|localhost):[0-9]{1,5}")) {
                    throw new IllegalArgumentException(text);
                }
                yield text;
            }
        };
    }

    private static String brokerUrl(String text) {
        if (text.isEmpty()) {
            return text;
        }
        URI url = URI.create(text);
        boolean scheme = "tcp".equals(url.getScheme()) || "ssl".equals(url.getScheme());
        // A password in a URL ends in logs; there are settings for it.
        if (!scheme || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
