package org.caravanhub.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanhub.health.Health;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;

/** How the cloud of power stations is set up, as far as that can be told without asking it. Never shows more of a key than its first letters. */
public final class PowerSetup {
    /** What somebody with a station and no keys does. */
    static final String BEGIN = "Ask for keys at developer.ecoflow.com, write them as caravan.ecoflow.access-key and"
            + " caravan.ecoflow.secret-key, and start the hub again: docs/how-to/ecoflow.md.";

    private static final String AGAIN = " Copy them once more from developer.ecoflow.com, and start the hub again.";
    private static final int SHOWN = 4;
    private static final int SHORTEST = 12;

    private final Settings settings;

    /** As it was configured. */
    public PowerSetup(Settings settings) {
        this.settings = settings;
    }

    /** Where the cloud is, as a URL. */
    String host() {
        return settings.text(Setting.ECOFLOW_HOST);
    }

    boolean hasAnyKey() {
        return settings.optional(Setting.ECOFLOW_ACCESS_KEY).isPresent()
                || settings.optional(Setting.ECOFLOW_SECRET_KEY).isPresent();
    }

    /** Whether there are keys, whether they look like keys, and who else can read them. */
    Health keys() {
        Optional<String> access = settings.optional(Setting.ECOFLOW_ACCESS_KEY);
        Optional<String> secret = settings.optional(Setting.ECOFLOW_SECRET_KEY);
        if (access.isEmpty() && secret.isEmpty()) {
            return new Health(Health.State.UNKNOWN, "No keys are set: EcoFlow's cloud is not asked.", "", BEGIN);
        }
        if (access.isEmpty() || secret.isEmpty()) {
            Setting missing = access.isEmpty() ? Setting.ECOFLOW_ACCESS_KEY : Setting.ECOFLOW_SECRET_KEY;
            return Health.problem(
                    "Only one of the two keys is set.",
                    "EcoFlow's cloud is not asked.",
                    "Write " + missing.key() + " too, and start the hub again.");
        }
        Optional<String> flaw = flaw(access.get(), secret.get());
        if (flaw.isPresent()) {
            return Health.problem(flaw.get(), "EcoFlow will not know them.", AGAIN.strip());
        }
        String what = "Access key " + access.get().substring(0, SHOWN) + "… ("
                + access.get().length()
                + " characters" + place(", ", Setting.ECOFLOW_ACCESS_KEY, "") + "), and the secret key is set"
                + place(" (", Setting.ECOFLOW_SECRET_KEY, ")") + ".";
        return Stream.of(Setting.ECOFLOW_ACCESS_KEY, Setting.ECOFLOW_SECRET_KEY)
                .flatMap(setting -> open(settings.place(setting)).stream())
                .findFirst()
                .map(file ->
                        Health.warning(what, "Everybody on this machine can read " + file + ".", "chmod o-r " + file))
                .orElseGet(() -> Health.ok(what));
    }

    /** Where it was written; nothing for the demo's, which are written nowhere. */
    private String place(String before, Setting setting, String after) {
        String place = settings.place(setting);
        return place.isEmpty() ? "" : before + place + after;
    }

    private static Optional<String> flaw(String access, String secret) {
        if (access.equals(secret)) {
            return Optional.of("The access key and the secret key are the same.");
        }
        for (String key : List.of(access, secret)) {
            String which = key.equals(access) ? "access" : "secret";
            if (key.length() < SHORTEST) {
                return Optional.of("The " + which + " key has " + key.length() + " characters only.");
            }
            if (!key.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\'' && c != '<' && c != '>')) {
                return Optional.of("The " + which + " key has blanks, quotes or other characters that no key has.");
            }
        }
        return Optional.empty();
    }

    /** The file of this place, if everybody may read it. */
    private static Optional<Path> open(String place) {
        try {
            Path file = Path.of(place.replaceFirst(":\\d+$", ""));
            return Files.isRegularFile(file)
                            && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            // A variable, or a file that cannot be looked at.
            return Optional.empty();
        }
    }
}
