package org.caravanhub.secret;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.text.Hidden;
import org.caravanhub.text.SecretForms;

/** Every secret that an installation holds in clear: none of them is shown in a log, an answer or a bundle, however it comes there. */
public final class KnownSecrets {
    private static final Pattern USER_INFO = Pattern.compile("://[^/?#]*?:([^\\s]*)@");

    /** Of an address that is a secret, its path is one too, if it is long enough to be one. */
    private static final Pattern PATH = Pattern.compile("^https?://[^/]+(/.{15,})$");

    private static final Pattern SECRET_NAME =
            Pattern.compile("passw|secret|token|key|credential|authori", Pattern.CASE_INSENSITIVE);

    /** Files of the data folder of which every line is a secret. */
    private static final List<Path> LINES =
            List.of(Path.of("admin.token"), Path.of("broker", "hub"), Path.of("broker", "device-secrets.key"));

    private KnownSecrets() {}

    /**
     * Hides them from now on. What cannot be read is passed over: its user does not hold it.
     *
     * @param environment as of {@link System#getenv()}
     */
    public static void hide(Settings settings, Map<String, String> environment) {
        for (Setting setting : Setting.values()) {
            String value = settings.text(setting);
            if (!value.equals(setting.defaultValue())) {
                if (setting.isSecret()) {
                    whole(value);
                }
                within(value);
            }
        }
        settings.placeholders().forEach((key, value) -> {
            if (key.startsWith("flow.")) {
                within(value);
                if (SECRET_NAME.matcher(key).find() && value.length() >= 6) {
                    Hidden.never(value);
                }
            }
        });
        Secrets secrets = new Secrets(settings.data(), environment);
        try {
            secrets.names().forEach(name -> {
                try {
                    within(secrets.value(name));
                } catch (IllegalArgumentException e) {
                    // Too short to be hidden; a flow that asks for it is told so.
                }
            });
        } catch (RuntimeException e) {
            // A flow that asks for one is told what is wrong with the file.
        }
        LINES.forEach(file -> lines(settings.data().resolve(file)));
    }

    private static void whole(String value) {
        if (value.length() >= Hidden.SHORTEST) {
            Hidden.never(value);
            Matcher path = PATH.matcher(value);
            if (path.matches()) {
                Hidden.never(path.group(1));
            }
        }
    }

    /** Passwords in addresses, and as parameters of them. */
    private static void within(String value) {
        Matcher user = USER_INFO.matcher(value);
        if (user.find()) {
            decoded(user.group(1));
        }
        if (value.contains("://")) {
            SecretForms.literals(value).forEach(KnownSecrets::decoded);
        }
    }

    private static void decoded(String secret) {
        if (secret.length() >= Hidden.SHORTEST) {
            Hidden.never(secret);
            try {
                String plain = URLDecoder.decode(secret.replace("+", "%2B"), StandardCharsets.UTF_8);
                if (plain.length() >= Hidden.SHORTEST) {
                    Hidden.never(plain);
                }
            } catch (IllegalArgumentException e) {
                // It is no encoding, but as it is meant.
            }
        }
    }

    private static void lines(Path file) {
        try {
            Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= 16)
                    .forEach(Hidden::never);
        } catch (IOException e) {
            // It is not there yet, or not this user's.
        }
    }
}
