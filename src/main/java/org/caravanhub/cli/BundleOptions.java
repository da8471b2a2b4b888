package org.caravanhub.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.secret.KnownSecrets;
import org.caravanhub.settings.PropertiesFile;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.SettingsReader;
import org.caravanhub.settings.Written;
import org.caravanhub.settings.WrongSettings;
import org.caravanhub.text.Hidden;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a hub's folders are, also of one that does not start since its settings are wrong: just then somebody needs help. */
final class BundleOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of the hub, if it is not ./data.")
    @Nullable
    private String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file, instead of config/caravan.properties beside the program.")
    @Nullable
    private Path config;

    private @Nullable String mistakes;

    /** The settings, or what can be known of them; their secrets are hidden from now on. */
    Settings settings(Surroundings here) {
        Settings settings;
        try {
            settings = read(here.environment(), here.home(), config, Map.of());
        } catch (WrongSettings wrong) {
            mistakes = String.join("\n", wrong.mistakes()) + "\n";
            settings = inSpiteOfMistakes(here);
        }
        KnownSecrets.hide(settings, here.environment());
        return settings;
    }

    /** What is wrong with the settings. */
    Optional<String> mistakes() {
        return Optional.ofNullable(mistakes);
    }

    /** Only where the folders are; every value may be a secret that a slip has made another setting's. */
    private Settings inSpiteOfMistakes(Surroundings here) {
        String named = here.environment().getOrDefault("CARAVAN_CONFIG", "");
        Path file = config != null
                ? config
                : named.isEmpty() ? here.home().resolve("config").resolve("caravan.properties") : Path.of(named);
        Map<Setting, String> folders = new EnumMap<>(Setting.class);
        folders.put(Setting.ROUTES, here.home().resolve("routes").toString());
        List<Written> all =
                Files.isRegularFile(file) ? PropertiesFile.read(file, new ArrayList<>()) : new ArrayList<>();
        for (Written written : all) {
            for (Setting folder : List.of(Setting.DATA, Setting.ROUTES)) {
                if (written.key().equals(folder.key())) {
                    folders.put(folder, written.value());
                }
            }
            if (written.value().length() >= 8 && !written.value().contains("/")) {
                Hidden.never(written.value());
            }
        }
        Map<String, String> environment = new HashMap<>();
        Optional.ofNullable(here.environment().get("CARAVAN_DATA"))
                .ifPresent(found -> environment.put("CARAVAN_DATA", found));
        return read(environment, Path.of("/nonexistent"), null, folders);
    }

    private Settings read(
            Map<String, String> environment, Path home, @Nullable Path file, Map<Setting, String> folders) {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        given.putAll(folders);
        if (environment.containsKey("CARAVAN_DATA")) {
            given.remove(Setting.DATA);
        }
        if (data != null) {
            given.put(Setting.DATA, data);
        }
        return SettingsReader.read(home, environment, given, file);
    }

    /** A command to type next. */
    String command(String command) {
        return System.getProperty("caravan.command", "caravan")
                + " "
                + command
                + (data == null ? "" : " --data " + data)
                + (config == null ? "" : " --config " + config);
    }
}
